// What does not fit into the width of the window? One line for each element that is to blame.
() => {
    const width = document.documentElement.clientWidth;
    const shown = (element) => {
        const tag = element.cloneNode(false).outerHTML.slice(0, 160);
        return `${tag} "${(element.textContent ?? "").trim().replace(/\s+/g, " ").slice(0, 40)}"`;
    };
    const named = (element) =>
        (element.getAttribute("aria-label") ?? "").trim() ||
        (element.getAttribute("aria-labelledby") ?? "").split(/\s+/).some(
            (id) => document.getElementById(id)?.textContent?.trim());
    const wrong = [];
    for (const region of document.querySelectorAll("[data-scrolls]")) {
        if (region.getAttribute("role") !== "region" || region.tabIndex !== 0 || !named(region)) {
            wrong.push(`scrolls without role=region, tabindex=0 and a label: ${shown(region)}`);
        }
        if (!["auto", "scroll"].includes(getComputedStyle(region).overflowX)) {
            wrong.push(`is marked data-scrolls and does not scroll: ${shown(region)}`);
        }
    }
    const hidden = (style) => ["hidden", "clip"].includes(style.overflowX);
    const blamed = [], unseen = [];
    for (const element of document.body.querySelectorAll("*")) {
        if (element.parentElement?.closest("svg") || !element.checkVisibility({ visibilityProperty: true })) continue;
        const box = element.getBoundingClientRect();
        const inner = element.parentElement?.closest("[data-scrolls]");
        if (box.width <= 1 || box.height <= 1) { // for screen readers alone
            if (box.right > width) unseen.push(`is not seen and yet makes the page wider: ${shown(element)}`);
            continue;
        }
        if (!inner && box.right > width + 1 && box.left < width + 10000) {
            // Its parent is to blame only for what it is itself.
            blamed.push([element, `ends at ${Math.round(box.right)} of ${width} px: ${shown(element)}`]);
        }
        const style = getComputedStyle(element);
        if (hidden(style) && element.scrollWidth > element.clientWidth + 1 && element.textContent.trim()
            && element.clientWidth > 1 && !(element instanceof SVGElement)) {
            wrong.push(`cuts off ${element.scrollWidth - element.clientWidth} px of its text: ${shown(element)}`);
        }
    }
    const outer = new Set(blamed.map(([element]) => element));
    for (const [element, line] of blamed) {
        if (!outer.has(element.parentElement)) wrong.push(line);
    }
    const over = document.scrollingElement.scrollWidth - width;
    if (over > 0) {
        // Mostly one that is placed absolutely, inside a scroller that has no position itself.
        if (!blamed.length) wrong.push(...unseen.slice(0, 3));
        wrong.push(`the page scrolls sideways by ${over} px`);
    }
    return wrong;
}
