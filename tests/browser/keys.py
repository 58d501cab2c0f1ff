"""A person without a mouse: Tab, arrows, Enter and Space, and the focus in sight at each step."""

from playwright.sync_api import Locator, Page, expect

#: More stops than any page of the desk has: beyond, the thing can't be reached.
STOPS = 150
HAS_FOCUS = "element => element === element.ownerDocument.activeElement"
#: What has the focus without showing it by an outline, a shadow or a caret (WCAG 2.2, 2.4.7).
OUT_OF_SIGHT = """() => {
  const at = document.activeElement;
  if (at === document.body || at.matches("iframe")) return "";
  const box = at.getBoundingClientRect();
  const style = getComputedStyle(at);
  const drawn = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0
    || style.boxShadow !== "none";
  const field = at.matches("input:not([type=checkbox], [type=radio]), textarea");
  return drawn && box.width > 0 || field ? "" : `no focus in sight: ${at.outerHTML.slice(0, 200)}`;
}"""
#: What has the focus below something that sticks to the window's edge (WCAG 2.2, 2.4.11).
COVERED = """() => {
  const at = document.activeElement;
  if (at === document.body || at.matches("iframe, .visually-hidden, .visually-hidden *")) return "";
  const { left, top, width, height } = at.getBoundingClientRect();
  if (!width || !height) return "";
  const found = document.elementFromPoint(left + width / 2, top + Math.min(height / 2, 40));
  return !found || at.contains(found) || found.contains(at) || found.closest("label")
    ? "" : `${at.outerHTML.slice(0, 120)} lies below ${found.outerHTML.slice(0, 120)}`;
}"""


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until the target has the focus; say so where it never gets it."""
    for _ in range(STOPS):
        if target.count() and target.first.evaluate(HAS_FOCUS):
            return
        page.keyboard.press("Tab")
        for look in (OUT_OF_SIGHT, COVERED):
            if fault := page.evaluate(look):
                raise AssertionError(fault)
    raise AssertionError(f"Tab never leads to {target}")


def arrow_to(page: Page, target: Locator) -> None:
    """Do the same with the arrow key, which goes through a toolbar."""
    for _ in range(STOPS):
        if target.evaluate(HAS_FOCUS):
            return
        page.keyboard.press("ArrowRight")
    raise AssertionError(f"no arrow leads to {target}")


def type_in(page: Page, label: str, words: str) -> None:
    """Go to the field of this label and type."""
    tab_to(page, page.get_by_label(label, exact=True))
    page.keyboard.type(words)


def press_key_on(page: Page, target: Locator, key: str = "Enter") -> None:
    """Go to a button or link, press it, and wait for the next page."""
    tab_to(page, target)
    with page.expect_navigation():
        page.keyboard.press(key)


def choose_by_keys(page: Page, field: str, words: str) -> None:
    """Choose in an autocomplete field the entry that its list shows first for `words`."""
    around = page.locator(f"#{field} + .select2")
    tab_to(page, around.locator(".select2-search__field, .select2-selection--single"))
    if around.locator(".select2-selection--single").count():
        page.keyboard.press("Space")
        page.locator(".select2-dropdown .select2-search__field:focus").wait_for()
    page.keyboard.type(words)
    expect(page.locator(".select2-results__option--highlighted")).to_contain_text(words)
    page.keyboard.press("Enter")
    expect(around).to_contain_text(words)
