"""The boxes of a page of HTML before they are laid out, made anew where the HTML changed.

A block among blocks can be made by itself: it wants the counters with which it begins, and whether white space stands
before it. Where it leaves other counters behind it than it did, all that follows is made anew with the whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint.css import PSEUDO_ELEMENTS, StyleFor
from weasyprint.css.targets import TargetCollector
from weasyprint.formatting_structure import boxes, build

from biblio.outputs.pdf.kept.trees import (
    Difference,
    Unkept,
    chain_to,
    differences,
    differences_under,
    ends_in_space,
    is_alike,
    take_words,
)

# Quotes that are open, counters with their values, and which of them belong to each element around.
State = tuple[int, tuple[tuple[str, tuple[int, ...]], ...], tuple[frozenset[str], ...]]
# html and body, whose boxes the engine treats by rules of their own.
_OUTER = 2


@dataclass(frozen=True, slots=True)
class Graft:
    """A block that is made anew: the elements that lead to it, where its box stands, and what changed in it."""

    chain: tuple[Element, ...]
    place: tuple[int, ...]
    changes: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class _Made:
    """A block that was made anew, and where it goes."""

    chain: tuple[Element, ...]
    place: tuple[int, ...]
    box: Any


class Boxing:
    """The boxes of a page of HTML; ``root`` is that of the page, ``tree`` the HTML that they are of."""

    def __init__(self, html: Any, context: Any, counters: Any) -> None:
        self.tree: Element = html.etree_element
        self._context, self._counters = context, counters
        self._base = html.base_url
        self._states: dict[Element, tuple[State, State]] = {}
        with _noting(self._states):
            self.root = build.build_formatting_structure(
                self.tree,
                context.style_for,
                context.get_image_from_uri,
                html.base_url,
                context.target_collector,
                counters,
                context.footnotes,
            )
        self._forget_pending()

    def grafts(self, new: Element) -> tuple[Graft, ...]:
        """The blocks to be made anew for the HTML to be ``new``, with what changed in each; the head apart.

        Raises ``Unkept`` where a change is in no block that can be.
        """
        changes = differences(self.tree, new)
        return self._grafts(change for change in changes if len(change.old) == 1 or change.old[1].tag != "head")

    def grafts_of_words(self, anchor: str, old: Element, new: Element) -> tuple[Graft, ...] | None:
        """The blocks to be made anew where one element changed from ``old`` to ``new``, which are read by themselves.

        ``None`` where more than its words did, or where read by itself it is not what it is in its page.
        """
        chain = chain_to(anchor, self.tree)
        if not chain or any(differences_under(chain, (*chain[:-1], old))):
            return None
        changes = tuple(differences_under(chain, (*chain[:-1], new)))
        if not all(is_alike(change.old[-1], change.new[-1]) for change in changes):
            return None
        return self._grafts(changes)

    def _grafts(self, differing: Iterable[Difference]) -> tuple[Graft, ...]:
        by_block: dict[Element, tuple[tuple[Element, ...], list[Difference]]] = {}
        for change in differing:
            chain = self._block(change.old)
            by_block.setdefault(chain[-1], (chain, []))[1].append(change)
        grafts = []
        for chain, changes in by_block.values():
            if any(element in by_block for element in chain[:-1]):
                raise Unkept  # a block in a block, each changed by itself
            grafts.append(Graft(chain, self._place(chain), tuple(changes)))
        return tuple(grafts)

    def graft(self, grafts: Sequence[Graft], html: Any = None) -> tuple[list[tuple[int, ...]], set[int]]:
        """Makes the tree and its boxes those of ``html``; of nothing where words alone changed, and those of no head.

        Gives where the new boxes stand, as breaks tell it, and what references to pages are told by no more, by id.
        """
        before = {each for graft in grafts for each in graft.chain[-1].iter()}
        changes = [change for graft in grafts for change in graft.changes]
        if any(not is_alike(change.old[-1], change.new[-1]) for change in changes):
            self._dress(html, changes)
        if html is not None:
            self._take_head(html.etree_element)
        replaced = {}
        for change in changes:
            old, new = change.old[-1], change.new[-1]
            if is_alike(old, new):
                take_words(old, new)
            else:
                _replace(old, new, change.old[-2])
                replaced[old] = new
        chains = [(*graft.chain[:-1], replaced.get(graft.chain[-1], graft.chain[-1])) for graft in grafts]
        now = {each for chain in chains for each in chain[-1].iter()}
        gone = self._forget(before, now)
        for old, new in replaced.items():
            if old in self._states:
                self._states[new] = self._states[old]
        collector = self._context.target_collector
        collector.collecting = True
        for element in now:
            self._await_anchor(element)
        made: dict[Element, _Made] = {}
        for chain, graft in zip(chains, grafts, strict=True):
            if not any(element in made for element in chain):
                block = self._made(chain, graft.place, gone)
                made = {each: one for each, one in made.items() if block.chain[-1] not in one.chain}
                made[block.chain[-1]] = block
        collector.check_pending_targets()
        self._forget_pending()
        for block in made.values():
            self._put(block)
        for each in before - now:
            self._states.pop(each, None)
            for pseudo in PSEUDO_ELEMENTS:
                self._context.style_for.get_computed_styles().pop((each, pseudo), None)
        return [self._path(block.place) for block in made.values()], gone

    def _block(self, chain: tuple[Element, ...]) -> tuple[Element, ...]:
        """The elements that lead to the innermost block among blocks around an element, or the element itself."""
        depth = len(self._place(chain)) + 1
        if depth <= _OUTER:
            raise Unkept
        return chain[:depth]

    def _place(self, chain: tuple[Element, ...]) -> tuple[int, ...]:
        """Where the boxes of elements stand, each in that of the one around it, for as long as they are such blocks."""
        box, place = self.root, list[int]()
        for element in chain[1:]:
            own = [
                index
                for index, child in enumerate(box.children)
                if child.element is element and child.element_tag == element.tag
            ]
            if type(box) is not boxes.BlockBox or len(own) != 1:
                break
            if len(place) >= 1 and (box.style["string_set"] != "none" or box.style["bookmark_level"] != "none"):
                break  # it may say what is in it
            child = box.children[own[0]]
            if not isinstance(child, boxes.BlockLevelBox) or not child.is_in_normal_flow():
                break
            box = child
            place.append(own[0])
        return tuple(place)

    def _path(self, place: tuple[int, ...]) -> tuple[int, ...]:
        """Where a box stands as breaks tell it: those inside columns are told by the box around these."""
        box = self.root
        for depth, index in enumerate(place):
            if _has_columns(box):
                return place[:depth]
            box = box.children[index]
        return place

    def _dress(self, html: Any, changes: Sequence[Difference]) -> None:
        """Gives the new elements styles. Raises ``Unkept`` where those of others are no longer what they were."""
        style_for = self._context.style_for
        fresh = StyleFor(html, style_for._sheets, False, style_for.font_config, TargetCollector())
        fresh.initial_page_sizes.update(style_for.initial_page_sizes)
        replaced = {change.old[-1]: change.new[-1] for change in changes}
        kept = dict(_pairs(self.tree, html.etree_element, replaced))
        known, made = style_for.get_computed_styles(), fresh.get_computed_styles()
        count, equal = 0, set[tuple[int, int]]()
        for (element, pseudo), style in made.items():
            if element not in kept:
                continue
            count += 1
            other = known.get((kept[element], pseudo))
            if other is None:
                raise Unkept
            pair = id(other), id(style)
            if pair not in equal and other.cascaded != style.cascaded:
                raise Unkept
            equal.add(pair)
        olds = set(kept.values())
        if count != sum(1 for element, _ in known if element in olds):
            raise Unkept
        for change in changes:
            for element in change.new[-1].iter():
                for pseudo in PSEUDO_ELEMENTS:
                    if (element, pseudo) in made:
                        known[element, pseudo] = made[element, pseudo]

    def _take_head(self, new: Element) -> None:
        """Makes the head, which has no boxes, that of the new HTML."""
        for index, (old, fresh) in enumerate(zip(self.tree, new, strict=True)):
            if old.tag == "head":
                self.tree[index] = fresh

    def _made(self, chain: tuple[Element, ...], place: tuple[int, ...], gone: set[int]) -> _Made:
        """The new box of the last of these elements, or of the first around it that can be made.

        A block that leaves other counters behind is made with the block around it, in which these may end.
        """
        while len(chain) > _OUTER:
            box = self._box_of(chain[-1])
            if box is not None:
                return _Made(chain, place, box)
            chain, place = chain[:-1], place[:-1]
            inside = set(chain[-1].iter())
            gone |= self._forget(inside, inside)
            for element in inside:
                self._await_anchor(element)
        raise Unkept

    def _box_of(self, element: Element) -> Any:
        """The box of an element with the counters that it begins with; ``None`` where it leaves others behind."""
        entry, leaving = self._states[element]
        state = _thawed(entry)
        with _noting(self._states):
            made = build.element_to_box(
                element,
                self._context.style_for,
                self._context.get_image_from_uri,
                self._base,
                self._context.target_collector,
                self._counters,
                self._context.footnotes,
                state,
            )
        if _frozen(state) != leaving:
            self._states[element] = entry, leaving
            return None
        if len(made) != 1:
            raise Unkept
        return made[0]

    def _put(self, made: _Made) -> None:
        """Puts a new box in the place of an old one."""
        parent = self.root
        for index in made.place[:-1]:
            parent = parent.children[index]
        old, box = parent.children[made.place[-1]], made.box
        box.process_whitespace(ends_in_space(made.chain))
        box.process_text_transform()
        box.leading_collapsible_space = old.leading_collapsible_space
        box = build.create_anonymous_boxes(box)
        if type(box) is not type(old) or not box.is_in_normal_flow():
            raise Unkept
        children = list(parent.children)
        children[made.place[-1]] = box
        parent.children = children

    def _await_anchor(self, element: Element) -> None:
        """Has the collector of anchors wait for that of an element whose box will be made anew."""
        if anchor := self._anchor(element):
            collector = self._context.target_collector
            if anchor not in collector.target_lookup_items:
                collector.collect_anchor(anchor)
            collector.target_lookup_items[anchor].state = "pending"

    def _forget(self, before: set[Element], now: set[Element]) -> set[int]:
        """Forgets the references to pages in blocks that are made anew, and the anchors that they have no more."""
        collector = self._context.target_collector
        told = [key for key in collector.counter_lookup_items if key[0].element in before]
        gone = {id(collector.counter_lookup_items.pop(key)) for key in told}
        left = set(map(self._anchor, now))
        for each in before:
            if self._anchor(each) not in left:
                collector.target_lookup_items.pop(self._anchor(each), None)
        return gone

    def _anchor(self, element: Any) -> Any:
        """What an element is called by links; a comment, which has no style, by none."""
        return self._context.style_for(element)["anchor"] if isinstance(element.tag, str) else None

    def _forget_pending(self) -> None:
        """Leaves what waited for anchors, which are all known, alone from now on."""
        for item in self._context.target_collector.target_lookup_items.values():
            item.parse_again_functions.clear()


def _replace(old: Element, new: Element, parent: Element) -> None:
    at = next(index for index, child in enumerate(parent) if child is old)
    new.tail = old.tail
    parent[at] = new


def _pairs(old: Element, new: Element, replaced: dict[Element, Element]) -> Iterator[tuple[Element, Element]]:
    """The elements of the new tree with those of the old one that they are, but for what is replaced and the head."""
    yield new, old
    for one, other in zip(old, new, strict=True):
        if one not in replaced and one.tag != "head":
            yield from _pairs(one, other, replaced)


def _has_columns(box: Any) -> bool:
    return bool(box.style["column_width"] != "auto" or box.style["column_count"] != "auto")


@contextmanager
def _noting(states: dict[Element, tuple[State, State]]) -> Iterator[None]:
    """Notes the counters with which each block begins, and those that it leaves."""
    plain = build.element_to_box
    same: dict[State, State] = {}

    def noting(element: Element, *arguments: Any) -> Any:
        state = arguments[6] if len(arguments) > 6 else None  # its seventh, behind the element
        entry = None if state is None else _frozen(state)
        made = plain(element, *arguments)
        if entry is not None and made and isinstance(made[0], boxes.BlockLevelBox):
            leaving = _frozen(state)
            states[element] = same.setdefault(entry, entry), same.setdefault(leaving, leaving)
        return made

    build.element_to_box = noting
    try:
        yield
    finally:
        build.element_to_box = plain


def _frozen(state: Any) -> State:
    quotes, counters, scopes, _ = state
    return (
        quotes[0],
        tuple((name, tuple(values)) for name, values in counters.items()),
        tuple(frozenset(scope) for scope in scopes),
    )


def _thawed(state: State) -> Any:
    quotes, counters, scopes = state
    return [quotes], {name: list(values) for name, values in counters}, [set(scope) for scope in scopes], []
