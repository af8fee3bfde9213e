// What is wrong with the texts in the pictures of this page: each visible letter of each <text>
// against what is painted under it. Returns one line for each text.
() => {
    const NORMAL = 4.5, LARGE = 3, LARGE_PX = 24, LARGE_BOLD_PX = 18.66, SAMPLES = 7;
    const everything = new CSSStyleSheet();
    everything.replaceSync("* { pointer-events: all !important; }");

    const brush = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
    // Any colour that CSS knows, as [red, green, blue, alpha]; null for a pattern or gradient.
    const colour = (text) => {
        if (!text || text === "none") return [0, 0, 0, 0];
        if (text.startsWith("url(")) return null;
        brush.clearRect(0, 0, 1, 1);
        brush.fillStyle = text;
        brush.fillRect(0, 0, 1, 1);
        const [red, green, blue, alpha] = brush.getImageData(0, 0, 1, 1).data;
        return [red, green, blue, alpha / 255];
    };
    const faded = (paint, by) => paint && [paint[0], paint[1], paint[2], paint[3] * by];
    const over = (top, below) =>
        [0, 1, 2].map((part) => top[part] * top[3] + below[part] * (1 - top[3])).concat(1);
    const luminance = (paint) => {
        const [red, green, blue] = paint.map((part) => {
            const value = part / 255;
            return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const contrast = (one, other) => {
        const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
        return (light + 0.05) / (dark + 0.05);
    };
    const opacity = (element) => {
        let product = 1;
        for (let at = element; at; at = at.parentElement) product *= +getComputedStyle(at).opacity;
        return product;
    };
    const canvas = () => {
        const probe = document.createElement("span");
        probe.style.backgroundColor = "Canvas";
        document.body.append(probe);
        const found = colour(getComputedStyle(probe).backgroundColor);
        probe.remove();
        return found;
    };

    // The paints of one element at a point of the window, topmost first.
    const paints = (element, x, y) => {
        const style = getComputedStyle(element);
        const seen = opacity(element);
        if (!(element instanceof SVGGeometryElement)) {
            if (element instanceof SVGElement && !(element instanceof SVGSVGElement)) {
                return ["image", "use"].includes(element.localName) ? [null] : [];
            }
            if (style.backgroundImage !== "none") return [null];
            return [faded(colour(style.backgroundColor), seen)];
        }
        const local = new DOMPoint(x, y).matrixTransform(element.getScreenCTM().inverse());
        const found = [];
        if (style.stroke !== "none" && element.isPointInStroke(local)) {
            found.push(faded(colour(style.stroke), seen * style.strokeOpacity));
        }
        if (style.fill !== "none" && element.isPointInFill(local)) {
            found.push(faded(colour(style.fill), seen * style.fillOpacity));
        }
        return found;
    };
    // What is seen at a point through a pile of elements; a string says why that is not known.
    const seenThrough = (pile, x, y) => {
        const layers = [];
        for (const element of pile) {
            for (const paint of paints(element, x, y)) {
                if (!paint) return `<${element.localName}> is no plain colour`;
                layers.push(paint);
            }
            if (layers.some((paint) => paint[3] >= 0.999)) break;
        }
        return layers.reverse().reduce((below, top) => over(top, below), canvas());
    };

    // The middles of some letters of the element's own, in the window.
    const points = (owner, element) => {
        const own = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
        const first = letterBefore(owner, element);
        const letters = own.map((node) => node.data).join("").trim().replace(/\s+/g, " ").length;
        const matrix = owner.getScreenCTM();
        const found = [];
        const last = Math.min(owner.getNumberOfChars(), first + letters) - 1;
        for (let step = 0; step < SAMPLES && last >= first; step++) {
            const letter = Math.round(first + ((last - first) * step) / (SAMPLES - 1));
            const box = owner.getExtentOfChar(letter);
            const middle = new DOMPoint(box.x + box.width / 2, box.y + box.height / 2);
            if (box.width) found.push(middle.matrixTransform(matrix));
        }
        return found;
    };
    // How many letters of the text stand before those of one of its spans.
    const letterBefore = (owner, element) => {
        if (owner === element) return 0;
        const range = document.createRange();
        range.setStart(owner, 0);
        range.setEndBefore(element);
        return range.toString().trimStart().replace(/\s+/g, " ").length;
    };

    const judged = (owner, element) => {
        const style = getComputedStyle(element);
        const own = faded(colour(style.fill), style.fillOpacity * opacity(element));
        if (!own) return "its own fill is no plain colour";
        const matrix = owner.getScreenCTM();
        const size = parseFloat(style.fontSize) * Math.hypot(matrix.a, matrix.b);
        const large = size >= LARGE_PX || (size >= LARGE_BOLD_PX && +style.fontWeight >= 700);
        const least = large ? LARGE : NORMAL;
        // A text with an outline painted first stands on that outline.
        const halo = style.paintOrder.startsWith("stroke") && parseFloat(style.strokeWidth) >= 2
            && colour(style.stroke);
        let worst = Infinity;
        for (const { x, y } of points(owner, element)) {
            const pile = document.elementsFromPoint(x, y);
            const place = pile.findIndex((one) => one === owner || owner.contains(one));
            if (place < 0) return "is cut off by the edge of its picture or of the page";
            for (const above of pile.slice(0, place)) {
                if (paints(above, x, y).some((paint) => !paint || paint[3] > 0.1)) {
                    return `lies under <${above.localName} class="${above.getAttribute("class") ?? ""}">`;
                }
            }
            const under = pile.slice(place).filter((one) => one !== owner && !owner.contains(one));
            let below = seenThrough(under, x, y);
            if (typeof below === "string") return below;
            if (halo && halo[3] > 0) below = over(halo, below);
            worst = Math.min(worst, contrast(over(own, below), below));
        }
        return worst < least ? `contrast ${worst.toFixed(2)}, at least ${least}` : null;
    };

    const wrong = [];
    document.adoptedStyleSheets.push(everything);
    for (const owner of document.querySelectorAll("svg text")) {
        if (owner.closest("defs, symbol, clipPath, mask, pattern, marker")) continue;
        if (!owner.checkVisibility({ visibilityProperty: true }) || !owner.getNumberOfChars()) continue;
        owner.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
        for (const element of [owner, ...owner.querySelectorAll("*")]) {
            const own = [...element.childNodes].some(
                (node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
            if (!own || element.localName === "title" || element.localName === "desc") continue;
            const complaint = judged(owner, element);
            if (complaint) wrong.push(`"${element.textContent.trim().slice(0, 60)}": ${complaint}`);
        }
    }
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== everything);
    scrollTo(0, 0);
    return wrong;
}
