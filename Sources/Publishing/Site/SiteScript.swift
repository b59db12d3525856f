import Ordering

/// The only script of the report: it orders and filters tables where scripts are on. Nothing needs
/// it to be read, and it fetches nothing.
enum SiteScript {
  static let text = """
    "use strict";
    for (const table of document.querySelectorAll("table.sortable")) {
      const body = table.tBodies[0], rows = [...body.rows], heads = [...table.tHead.rows[0].cells];
      if (rows.length < 2) continue;
      const words = new Intl.Collator("en", {numeric: true});
      const texts = i => rows.map(row => row.cells[i].textContent.trim());
      const numbers = i => texts(i).map(text => parseFloat(text.replace(/[,\\s]/g, "").replace("\\u2212", "-")));
      heads.forEach((head, i) => {
        let known;
        const button = document.createElement("button");
        button.type = "button";
        button.append(...head.childNodes);
        head.append(button);
        button.addEventListener("click", () => {
          const up = head.getAttribute("aria-sort") !== "ascending";
          for (const other of heads) other.removeAttribute("aria-sort");
          head.setAttribute("aria-sort", up ? "ascending" : "descending");
          const isNumber = head.classList.contains("number"), keys = known ??= isNumber ? numbers(i) : texts(i);
          const isUnknown = key => isNumber ? Number.isNaN(key) : key === "" || key === "–";
          const order = rows.map((_, k) => k).sort((a, b) => {
            const first = keys[a], second = keys[b];
            if (isUnknown(first) || isUnknown(second)) return isUnknown(first) - isUnknown(second) || a - b;
            const difference = isNumber ? first - second : words.compare(first, second);
            return (up ? difference : -difference) || a - b;
          });
          body.remove();
          body.append(...order.map(k => rows[k]));
          table.append(body);
        });
      });
      if (rows.length < 10) continue;
      const label = document.createElement("label"), input = document.createElement("input");
      const count = document.createElement("output");
      label.className = "filter";
      input.type = "search";
      label.append("Show rows that contain ", input, " ", count);
      const contents = rows.map(row => row.textContent.toLowerCase());
      input.addEventListener("input", () => {
        const wanted = input.value.toLowerCase();
        let shown = 0;
        rows.forEach((row, k) => { row.hidden = !contents[k].includes(wanted); shown += !row.hidden; });
        count.textContent = shown + " of " + rows.length;
      });
      table.parentElement.before(label);
    }

    """
}
