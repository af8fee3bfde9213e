// Who can be reached by the keyboard, and how does each look with and without the focus?
// Leaves `kvobKeyboard` behind: begin() -> how many, now() -> where the focus is, judge(number).
() => {
    const INTERACTIVE = "a[href], button, input:not([type=hidden]), select, textarea, "
        + "details > summary:first-of-type, [tabindex]:not([tabindex='-1']), "
        + "[contenteditable]:not([contenteditable='false'])";
    const LEAST = 24;
    let all = [], before = [];
    const shown = (element) => {
        const tag = element.cloneNode(false).outerHTML.slice(0, 140);
        return `${tag} "${(element.textContent ?? "").trim().replace(/\s+/g, " ").slice(0, 40)}"`;
    };
    // Of a group of radio buttons the keyboard reaches the chosen one, else the first.
    const chosen = (radio) => {
        const group = [...document.querySelectorAll("input[type=radio]")].filter(
            (one) => one.name === radio.name && one.form === radio.form && !one.disabled);
        return (group.find((one) => one.checked) ?? group[0]) === radio;
    };
    const reachable = (element) =>
        element.checkVisibility({ visibilityProperty: true }) && !element.closest("[inert]")
        && !element.matches(":disabled") && element.tabIndex >= 0
        && (element.type !== "radio" || !element.name || chosen(element));
    const line = (sort, width, paint) =>
        sort === "none" || !parseFloat(width) ? "none" : `${sort} ${width} ${paint}`;
    // The lines by which the focus may be shown; in a picture those of any part of the link.
    const marks = (element) => {
        const parts = element instanceof SVGElement ? [element, ...element.querySelectorAll("*")] : [element];
        return parts.map((part) => getComputedStyle(part)).flatMap((style) => [
            line(style.outlineStyle, style.outlineWidth, style.outlineColor),
            style.boxShadow,
            element instanceof SVGElement ? line(style.stroke, style.strokeWidth, "") : "none",
        ]);
    };
    const boxes = (element) => [element, ...(element.labels ?? [])].map((one) => one.getBoundingClientRect());
    // A link in running text may be as high as its line.
    const inline = (element) => {
        if (getComputedStyle(element).display !== "inline") return false;
        let block = element.parentElement;
        while (block && getComputedStyle(block).display === "inline") block = block.parentElement;
        const text = (node) => node.textContent.replace(/\s+/g, "");
        return !!block && text(block).length > text(element).length;
    };
    // A small one may have its 24 px around it, if no other one reaches into that circle (WCAG 2.5.8).
    const middle = (box) => [box.left + box.width / 2, box.top + box.height / 2];
    const fits = (element) =>
        boxes(element).some((box) => box.width >= LEAST - 0.5 && box.height >= LEAST - 0.5);
    const apart = (element) => {
        const [x, y] = middle(element.getBoundingClientRect());
        return all.every((other) => {
            if (other === element || element.contains(other) || other.contains(element)) return true;
            const box = other.getBoundingClientRect();
            const [right, down] = fits(other)
                ? [Math.max(box.left - x, x - box.right, 0), Math.max(box.top - y, y - box.bottom, 0)]
                : [middle(box)[0] - x, middle(box)[1] - y];
            return Math.hypot(right, down) >= (fits(other) ? LEAST / 2 : LEAST);
        });
    };
    const covered = (element) => {
        const box = element.getBoundingClientRect();
        const places = [[0.5, 0.5], [0.1, 0.2], [0.9, 0.2], [0.1, 0.8], [0.9, 0.8]];
        return !places.some(([right, down]) => {
            const found = document.elementFromPoint(box.left + box.width * right, box.top + box.height * down);
            return found && (element.contains(found) || found.contains(element)
                || [...(element.labels ?? [])].some((label) => label.contains(found)));
        });
    };
    window.kvobKeyboard = {
        begin() {
            all = [...document.querySelectorAll(INTERACTIVE)].filter(reachable);
            // The next Tab starts at the top of the page, wherever the focus was.
            document.body.tabIndex = -1;
            document.body.focus();
            document.body.blur();
            document.body.removeAttribute("tabindex");
            before = all.map(marks);
            return all.length;
        },
        // [its number among all or -1, whether it may hold the focus for several keys, how it is shown]
        now() {
            const at = document.activeElement;
            if (!at || at === document.body || at === document.documentElement) return [-2, false, ""];
            const parts = ["date", "time", "month", "week", "datetime-local"].includes(at.type)
                || ["IFRAME", "VIDEO", "AUDIO"].includes(at.tagName);
            return [all.indexOf(at), parts, shown(at)];
        },
        // What is wrong with the one that has the focus.
        judge(number) {
            document.getAnimations().forEach((one) => one.finish());
            const element = all[number], after = marks(element), wrong = [];
            if (after.every((mark, at) => mark === "none" || mark === before[number][at])) {
                wrong.push(`the focus cannot be seen on ${shown(element)}`);
            }
            if (covered(element)) wrong.push(`the focus lies under something else: ${shown(element)}`);
            if (!fits(element) && !inline(element) && !apart(element)) {
                const box = element.getBoundingClientRect();
                wrong.push(`is ${box.width.toFixed(0)} x ${box.height.toFixed(0)} px, at least ${LEAST}: ${shown(element)}`);
            }
            return wrong;
        },
        shown: (number) => shown(all[number]),
        // What is wrong with the order before a key is pressed.
        order() {
            const wrong = all.filter((one) => one.tabIndex > 0)
                .map((one) => `has a place of its own in the order: ${shown(one)}`);
            const first = all[0], address = first?.getAttribute("href") ?? "";
            const target = address.startsWith("#") && document.getElementById(address.slice(1));
            if (!target || !(target.matches("main, h1") || target.querySelector("main, h1"))) {
                wrong.push(`the first stop is no link to the contents: ${first ? shown(first) : "none"}`);
            }
            return wrong;
        },
    };
}
