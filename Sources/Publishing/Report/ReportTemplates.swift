/// The Mustache templates of the report. `{{x}}` is escaped; `{{{x}}}` is markup of our own making.
enum ReportTemplates {
  static let all: [(name: String, text: String)] = [
    ("frame", frame), ("section", section), ("figure", figure), ("listing", listing),
    ("card", card), ("opening", opening), ("package", package),
  ]

  private static let frame = """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta http-equiv="Content-Security-Policy" content="{{policy}}">
    <meta name="referrer" content="no-referrer">
    <meta name="color-scheme" content="light dark">
    <meta name="description" content="{{pageSummary}}">
    <title>{{pageTitle}} – {{datasetTitle}}</title>
    <style>{{{styleSheet}}}</style>
    {{#jsonLD}}<script type="application/ld+json">{{{.}}}</script>
    {{/jsonLD}}
    </head>
    <body>
    <a class="skip" href="#content">To the content</a>
    <svg width="0" height="0" aria-hidden="true" class="defs"><defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="hatch-ground" width="6" height="6"/><line class="hatch-line" x1="0" y1="0" x2="0" y2="6"/></pattern><pattern id="stripes" width="5" height="5" patternUnits="userSpaceOnUse"><rect class="stripes-ground" width="5" height="5"/><line class="pattern-line" x1="0" y1="2.5" x2="5" y2="2.5"/></pattern><pattern id="dots" width="6" height="6" patternUnits="userSpaceOnUse"><rect class="dots-ground" width="6" height="6"/><circle class="pattern-dot" cx="3" cy="3" r="1.1"/></pattern></defs></svg>
    <header class="page-head">
    <p class="kicker">Electrum Observatory · {{datasetTitle}}</p>
    <nav aria-label="Pages"><ul>
    {{{ways}}}
    </ul></nav>
    </header>
    <main id="content">
    <h1>{{pageHeading}}</h1>
    <p class="subtitle">{{pageSummary}}</p>
    {{{opening}}}
    {{{contents}}}
    {{#pageSections}}
    {{> section}}
    {{/pageSections}}
    {{{closing}}}
    </main>
    <footer><p>Version {{versionText}}. Made from the tables of this package; the same inputs give the same bytes. {{contactLine}}</p></footer>
    {{#script}}<script>{{{.}}}</script>
    {{/script}}
    </body>
    </html>

    """

  private static let section = """
    <section id="{{sectionID}}">
    <h2>{{sectionTitle}}</h2>
    {{#sectionLead}}<p class="lead">{{.}}</p>
    {{/sectionLead}}
    {{^empty(cards)}}
    <div class="answers">
    {{#cards}}
    {{> card}}
    {{/cards}}
    </div>
    {{/empty(cards)}}
    {{#sectionAbsence}}<p class="absence">{{.}}</p>
    {{/sectionAbsence}}
    {{^empty(sectionWays)}}
    <ul class="ways">{{#sectionWays}}<li><a href="{{wayTarget}}">{{wayText}}</a></li>{{/sectionWays}}</ul>
    {{/empty(sectionWays)}}
    {{^empty(notes)}}
    <div class="notes">
    {{#notes}}<div class="note {{noteStyle}}"><h3>{{noteTitle}}</h3><p>{{noteText}}</p></div>
    {{/notes}}
    </div>
    {{/empty(notes)}}
    {{^empty(figures)}}
    <div class="figures{{figureColumns}}">
    {{#figures}}
    {{> figure}}
    {{/figures}}
    </div>
    {{/empty(figures)}}
    {{#listings}}
    {{> listing}}
    {{/listings}}
    </section>

    """

  private static let figure = """
    <figure class="{{figureStyle}}">
    <figcaption><h3>{{figureTitle}}</h3><p class="caption">{{figureCaption}}</p></figcaption>
    {{^empty(legend)}}<ul class="legend">{{#legend}}<li>{{{legendKey}}}{{legendText}}</li>{{/legend}}</ul>{{/empty(legend)}}
    {{{drawing}}}
    <details><summary>The numbers as a table</summary>{{{numbers}}}</details>
    <p class="source">Data: {{#sourceWays}}<a href="{{wayTarget}}">{{wayText}}</a> {{/sourceWays}}{{^empty(fileWays)}}· this figure: {{#fileWays}}<a href="{{wayTarget}}">{{wayText}}</a> {{/fileWays}}{{/empty(fileWays)}}</p>
    {{#citation}}<details class="cite"><summary>Cite this figure</summary><p>{{.}}</p></details>
    {{/citation}}
    </figure>

    """

  private static let listing = """
    <div class="listing">
    <h3>{{listingTitle}}</h3>
    <p class="caption">{{listingCaption}}</p>
    {{#rowsMarkup}}{{{.}}}{{/rowsMarkup}}
    {{^empty(listingWays)}}<p class="source">From {{#listingWays}}<a href="{{wayTarget}}">{{wayText}}</a> {{/listingWays}}</p>{{/empty(listingWays)}}
    </div>

    """

  private static let card = """
    <article class="answer"><h3>{{cardTitle}}</h3>
    {{#finding}}<p class="finding">{{.}}</p>
    {{/finding}}
    <dl class="standing">
    {{#standing}}<dt>{{standingName}}</dt><dd>{{^empty(standingTarget)}}<a href="{{standingTarget}}">{{standingText}}</a>{{/empty(standingTarget)}}{{#empty(standingTarget)}}{{standingText}}{{/empty(standingTarget)}}</dd>
    {{/standing}}
    </dl>
    {{#more}}<p class="more"><a href="{{wayTarget}}">{{wayText}}</a></p>
    {{/more}}
    </article>

    """

  private static let opening = """
    {{^empty(cautions)}}
    <div class="notes">
    {{#cautions}}<div class="note {{noteStyle}}"><h2>{{noteTitle}}</h2><p>{{noteText}}</p></div>
    {{/cautions}}
    </div>
    {{/empty(cautions)}}
    <div id="opening">
    <h2 id="answers">Five questions</h2>
    <div class="answers">
    {{#answers}}
    {{> card}}
    {{/answers}}
    </div>
    <div class="tiles">
    {{#tiles}}
    <a class="tile" href="{{tileTarget}}"><strong>{{tileNumber}}</strong> <span>{{tileText}}</span></a>
    {{/tiles}}
    </div>
    </div>

    """

  private static let package = """
    <section id="data">
    <h2>Data and citation</h2>
    <p class="lead">Every number counts rows of these tables. They stand in the folder of this page: gzip CSV, or JSON lines where rows are nested.</p>
    <div class="table" tabindex="0" role="region" aria-label="Tables of the package"><table>
    <thead><tr><th scope="col">Table</th><th scope="col">What a row is</th><th scope="col" class="number">Rows</th><th scope="col" class="number">Size</th><th scope="col">Content digest</th></tr></thead>
    <tbody>
    {{#tables}}<tr><th scope="row"><a href="{{tablePath}}">{{tablePath}}</a></th><td>{{tableSummary}}</td><td class="number">{{tableRows}}</td><td class="number">{{tableSize}}</td><td><code>{{tableDigest}}</code></td></tr>
    {{/tables}}
    </tbody></table></div>
    <h3>Load</h3>
    <pre tabindex="0"><code>{{loadingLine}}</code></pre>
    <p>Columns, types and what an empty cell means: <a href="DATA-DICTIONARY.md">DATA-DICTIONARY.md</a>, and for programs <a href="datapackage.json">datapackage.json</a> (Data Package v2) and <a href="croissant.json">croissant.json</a> (Croissant 1.1). Check the files with <code>sha256sum -c SHA256SUMS</code> (<a href="SHA256SUMS">SHA256SUMS</a>).</p>
    <h3>Cite</h3>
    <p class="citation">{{citationLine}}</p>
    <p>Data: <a rel="license" href="https://creativecommons.org/licenses/by/4.0/">CC-BY-4.0</a> (<a href="LICENSE-DATA">LICENSE-DATA</a>, with the sources of locations). Machine-readable: <a href="CITATION.cff">CITATION.cff</a>, <a href="datacite.json">datacite.json</a>, <a href="ro-crate-metadata.json">ro-crate-metadata.json</a>.</p>
    <p>Limits and conduct: <a href="DATASHEET.md">DATASHEET.md</a>. From evidence to tables: <a href="provenance.json">provenance.json</a> and, as in-toto statements, <a href="provenance.intoto.jsonl">provenance.intoto.jsonl</a>.{{#repositoryLink}} Programs: <a href="{{.}}">{{.}}</a>.{{/repositoryLink}}</p>
    </section>

    """
}
