/// The Mustache templates of the report. `{{x}}` is escaped; `{{{x}}}` is markup of our own making.
enum ReportTemplates {
  static let all: [(name: String, text: String)] = [
    ("page", page), ("section", section), ("figure", figure), ("grid", grid),
    ("package", package),
  ]

  private static let page = """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
    <meta name="referrer" content="no-referrer">
    <meta name="color-scheme" content="light dark">
    <meta name="description" content="{{pageDescription}}">
    <title>{{pageTitle}}</title>
    <style>{{{styleSheet}}}</style>
    <script type="application/ld+json">{{{jsonLD}}}</script>
    </head>
    <body>
    <svg width="0" height="0" aria-hidden="true" class="defs"><defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="hatch-ground" width="6" height="6"/><line class="hatch-line" x1="0" y1="0" x2="0" y2="6"/></pattern></defs></svg>
    <header class="page-head">
    <p class="kicker">Electrum Observatory</p>
    <h1>{{pageTitle}}</h1>
    <p class="subtitle">{{pageSubtitle}}</p>
    <div class="tiles">
    {{#tiles}}
    <a class="tile" href="#{{tileTarget}}"><strong>{{tileNumber}}</strong> <span>{{tileText}}</span></a>
    {{/tiles}}
    </div>
    <nav aria-label="Contents"><ul>
    {{#sections}}<li><a href="#{{sectionID}}">{{sectionTitle}}</a></li>
    {{/sections}}<li><a href="#data">Data and citation</a></li>
    <li><a href="#methods">Methods</a></li>
    </ul></nav>
    </header>
    <main>
    {{#sections}}
    {{> section}}
    {{/sections}}
    {{> package}}
    </main>
    <footer><p>Version {{versionText}}. Made from the tables beside this page; the same inputs give the same bytes. {{contactLine}}</p></footer>
    </body>
    </html>

    """

  private static let section = """
    <section id="{{sectionID}}">
    <h2>{{sectionTitle}}</h2>
    {{#sectionLead}}<p class="lead">{{.}}</p>
    {{/sectionLead}}
    {{#sectionAbsence}}<p class="absence">{{.}}</p>
    {{/sectionAbsence}}
    {{^empty(notes)}}
    <div class="notes">
    {{#notes}}<div class="note {{noteStyle}}"><h3>{{noteTitle}}</h3><p>{{noteText}}</p></div>
    {{/notes}}
    </div>
    {{/empty(notes)}}
    {{^empty(figures)}}
    <div class="figures">
    {{#figures}}
    {{> figure}}
    {{/figures}}
    </div>
    {{/empty(figures)}}
    {{#listings}}
    <div class="listing">
    <h3>{{listingTitle}}</h3>
    <p class="caption">{{listingCaption}}</p>
    {{#listingRows}}{{> grid}}{{/listingRows}}
    <p class="source">data: {{#listingSources}}<a href="{{sourcePath}}">{{sourcePath}}</a> {{/listingSources}}</p>
    </div>
    {{/listings}}
    </section>

    """

  private static let figure = """
    <figure class="{{figureStyle}}">
    <figcaption><h3>{{figureTitle}}</h3><p class="caption">{{figureCaption}}</p></figcaption>
    {{^empty(legend)}}<ul class="legend">{{#legend}}<li><svg width="14" height="14" aria-hidden="true"><rect x="1" y="1" width="12" height="12" rx="3" class="{{legendStyle}}"/></svg>{{legendText}}</li>{{/legend}}</ul>{{/empty(legend)}}
    {{{drawing}}}
    <details><summary>The numbers as a table</summary>{{#numbers}}{{> grid}}{{/numbers}}</details>
    <p class="source">data: {{#sources}}<a href="{{sourcePath}}">{{sourcePath}}</a> {{/sources}}</p>
    </figure>

    """

  private static let grid = """
    <div class="table" tabindex="0"><table>
    <thead><tr>{{#columns}}<th scope="col" class="{{cellStyle}}">{{cellText}}</th>{{/columns}}</tr></thead>
    <tbody>
    {{#lines}}<tr>{{#head}}<th scope="row" class="{{cellStyle}}"><bdi>{{cellText}}</bdi></th>{{/head}}{{#cells}}<td class="{{cellStyle}}"><bdi>{{cellText}}</bdi></td>{{/cells}}</tr>
    {{/lines}}
    </tbody></table></div>

    """

  private static let package = """
    <section id="data">
    <h2>Data and citation</h2>
    <p class="lead">Every number above counts rows of these tables. They stand in the folder of this page: gzip CSV, or JSON lines where rows are nested.</p>
    <div class="table" tabindex="0"><table>
    <thead><tr><th scope="col">Table</th><th scope="col">What a row is</th><th scope="col" class="number">Rows</th><th scope="col" class="number">Size</th><th scope="col">Content digest</th></tr></thead>
    <tbody>
    {{#tables}}<tr><th scope="row"><a href="{{tablePath}}">{{tablePath}}</a></th><td>{{tableSummary}}</td><td class="number">{{tableRows}}</td><td class="number">{{tableSize}}</td><td><code>{{tableDigest}}</code></td></tr>
    {{/tables}}
    </tbody></table></div>
    <h3>Load</h3>
    <pre><code>{{loadingLine}}</code></pre>
    <p>Columns, types and what an empty cell means: <a href="DATA-DICTIONARY.md">DATA-DICTIONARY.md</a>, and for programs <a href="datapackage.json">datapackage.json</a> (Data Package v2). Check the files with <code>sha256sum -c SHA256SUMS</code> (<a href="SHA256SUMS">SHA256SUMS</a>).</p>
    <h3>Cite</h3>
    <p class="citation">{{citationLine}}</p>
    <p>Data: <a rel="license" href="https://creativecommons.org/licenses/by/4.0/">CC-BY-4.0</a> (<a href="LICENSE-DATA">LICENSE-DATA</a>, with the sources of locations). Machine-readable: <a href="CITATION.cff">CITATION.cff</a>.</p>
    </section>
    <section id="methods">
    <h2>Methods</h2>
    <ul class="methods">
    <li><strong>Limits and conduct</strong>: <a href="DATASHEET.md">DATASHEET.md</a>.</li>
    <li><strong>From evidence to tables</strong>: <a href="provenance.json">provenance.json</a> has each stage's inputs, parameters and digests{{#resolutionLink}}; <a href="{{.}}">{{.}}</a> is the audit of which endpoints are one server{{/resolutionLink}}.</li>
    <li><strong>Unknown</strong> contributes nothing to any count, link or score; it is shown as its own part.</li>
    <li><strong>Likely operators</strong> are components over identity evidence (one key, one registrable domain, one custom text, one tenant's network); each link is a row with the value that both sides share.</li>
    <li><strong>Behaviour classes</strong> are servers whose replies agree in form on every probe that both answered.</li>
    <li><strong>Concentration</strong>: Herfindahl–Hirschman (also unbiased), effective number, Shannon, Nakamoto, Gini and the shares of the largest.</li>
    <li><strong>Deviations</strong>: each rule has a permanent id, a kind of statement{{#indicatorLink}}, and its evidence in <a href="{{.}}">{{.}}</a>{{/indicatorLink}}.</li>
    {{#repositoryLink}}<li><strong>Programs</strong>: <a href="{{.}}">{{.}}</a></li>
    {{/repositoryLink}}
    </ul>
    </section>

    """
}
