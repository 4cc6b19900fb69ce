/* The search in the page: words, counted and announced. Filters work without it (CSS), and so does all the rest.
 * The files of references are taken out of their package, which is a file to download by itself. */
(function () {
  "use strict";
  var all = Array.prototype.slice;
  var form = document.querySelector(".find");
  var notices = all.call(document.querySelectorAll("main .notice"));
  var sections = all.call(document.querySelectorAll("main section"));
  var status = document.querySelector(".status");
  var words = status.dataset;

  function fold(text) {
    return text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/œ/g, "oe").replace(/æ/g, "ae").replace(/[’‘]/g, "'");
  }

  function say(text) {
    status.textContent = text;
  }

  if (form) {
    var box = form.querySelector("input");
    var lists = all.call(form.querySelectorAll("select"));
    var texts = notices.map(function (notice) {
      var copy = notice.cloneNode(true);
      var tools = copy.querySelector(".tools");
      if (tools) { tools.remove(); }
      return fold(copy.textContent);
    });
    var waiting;

    var filter = function () {
      var wanted = fold(box.value).split(/\s+/).filter(Boolean);
      var chosen = lists.filter(function (list) { return list.value; });
      var asked = wanted.length + chosen.length > 0;
      var found = 0;
      notices.forEach(function (notice, index) {
        var fits = wanted.every(function (word) { return texts[index].indexOf(word) >= 0; }) &&
          chosen.every(function (list) { return notice.getAttribute("data-" + list.name) === list.value; });
        notice.hidden = !fits;
        found += fits ? 1 : 0;
      });
      sections.forEach(function (section) {
        section.hidden = asked && !section.querySelector(".notice:not([hidden])");
      });
      say(!asked ? "" : !found ? words.none : words[found === 1 ? "one" : "some"].replace("{found}", found).replace("{all}", notices.length));
    };

    // Once the typing rests, so that a screen reader is not cut short at every letter.
    var soon = function () {
      clearTimeout(waiting);
      waiting = setTimeout(filter, 250);
    };

    // What a link leads to is shown, whatever is filtered.
    var reveal = function () {
      var target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (target && target.closest("main") && target.closest("[hidden]")) {
        form.reset();
        filter();
        target.scrollIntoView();
      }
    };

    form.querySelector(".words").hidden = false;
    box.addEventListener("input", soon);
    lists.forEach(function (list) { list.addEventListener("change", filter); });
    form.addEventListener("reset", function () { setTimeout(filter, 0); });
    form.addEventListener("submit", function (event) { event.preventDefault(); filter(); });
    window.addEventListener("hashchange", reveal);
    filter(); // a browser that comes back to a page keeps what was chosen
  }

  // What stands in a ZIP, file by file, begins behind a header that tells its size (APPNOTE.TXT § 4.3.7).
  function unpack() {
    var bytes = Uint8Array.from(atob(document.querySelector(".files a[download]").href.split(",")[1]), function (each) { return each.charCodeAt(0); });
    var view = new DataView(bytes.buffer);
    var at = 0;
    all.call(document.querySelectorAll(".files [data-name]")).forEach(function (item) {
      var start = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
      at = start + view.getUint32(at + 18, true);
      var file = new Blob([bytes.subarray(start, at)]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
      new Response(file, {headers: {"Content-Type": item.dataset.type}}).blob().then(function (whole) {
        var link = document.createElement("a");
        link.href = URL.createObjectURL(whole);
        link.download = item.dataset.name;
        link.textContent = item.textContent;
        item.replaceChildren(link);
        item.hidden = false;
      });
    });
  }

  try {
    unpack();
  } catch (error) {
    // A browser of before 2023: the package is there.
  }

  function copy(citation) {
    if (navigator.clipboard && window.isSecureContext) {
      return navigator.clipboard.writeText(citation.textContent);
    }
    getSelection().selectAllChildren(citation);
    return document.execCommand("copy") ? Promise.resolve() : Promise.reject();
  }

  all.call(document.querySelectorAll(".cite")).forEach(function (cite) {
    var button = document.createElement("button");
    button.type = "button";
    button.textContent = words.copy;
    cite.appendChild(button);
    button.addEventListener("click", function () {
      copy(cite.querySelector(".citation")).then(function () { say(words.copied); }, function () { say(words.failed); });
    });
  });
}());
