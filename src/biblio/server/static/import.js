// Files that are dropped on the import or on the collection, and the name of a new file where one is chosen.

const DROPPED_ON = ["/import", "/collection"];

function isFiles(event) {
  return DROPPED_ON.includes(location.pathname) && [...(event.dataTransfer?.types ?? [])].includes("Files");
}

let depth = 0;
document.addEventListener("dragenter", (event) => {
  if (isFiles(event)) document.body.classList.toggle("dropping", (depth += 1) > 0);
});
document.addEventListener("dragleave", (event) => {
  if (isFiles(event)) document.body.classList.toggle("dropping", (depth -= 1) > 0);
});
document.addEventListener("dragover", (event) => {
  if (isFiles(event)) event.preventDefault();
});
document.addEventListener("drop", (event) => {
  if (!isFiles(event)) return;
  event.preventDefault();
  depth = 0;
  document.body.classList.remove("dropping");
  if (event.dataTransfer.files.length) send(event.dataTransfer.files);
});

/** Sends files as the form of the import does, from whatever page they were dropped on. */
function send(files) {
  const form = document.createElement("form");
  form.method = "post";
  form.action = "/import";
  form.enctype = "multipart/form-data";
  form.hidden = true;
  const input = document.createElement("input");
  input.type = "file";
  input.name = "files";
  input.multiple = true;
  input.files = files;
  form.append(input);
  document.body.append(form);
  form.submit();
}

// Files that are chosen are read at once; a text waits for the button.
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-importing] input[type=file]") && event.target.files.length) {
    event.target.form.requestSubmit();
  }
  if (event.target.matches("[data-into]")) {
    const named = event.target.form.querySelector("[data-new-file]");
    named.hidden = event.target.value !== "";
    if (!named.hidden) named.querySelector("input").focus();
  }
});
