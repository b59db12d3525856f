/// The style sheet of the report. Colours tell apart under the common colour-vision deficiencies
/// (after Okabe & Ito 2008) and never stand alone: parts are labelled, and each tone has its pattern.
enum ReportStyle {
  static let sheet = palette + layout + pages + tables + drawings + narrow

  private static let palette = """

    :root{--ground:#fbfaf7;--panel:#fff;--ink:#1c2127;--muted:#59616b;--rule:#dedcd6;--track:#efede8;
    --accent:#0b5cab;--answered:#0b62a4;--partial:#c27a00;--failed:#b4410f;--idle:#8b929b;
    --idle-ground:#e4e5e7;--descriptive:#5f7f95;--land:#e2dfd7;--sea:#f6f5f1}
    @media (prefers-color-scheme:dark){:root{--ground:#14171b;--panel:#1b1f25;--ink:#e7e9ec;
    --muted:#a4acb7;--rule:#333a44;--track:#262c34;--accent:#79b8f2;--answered:#58a9e6;
    --partial:#e3ab3a;--failed:#ef8355;--idle:#7d8794;--idle-ground:#2d343d;--descriptive:#8fb0c6;
    --land:#333a43;--sea:#191d22}}

    """

  private static let layout = """
    *{box-sizing:border-box}
    html{scroll-behavior:smooth;-webkit-text-size-adjust:100%}
    @media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
    body{margin:0;background:var(--ground);color:var(--ink);
    font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",sans-serif}
    .defs{position:absolute}
    .page-head,main,footer{max-width:1160px;margin:0 auto;padding:0 24px}
    .page-head{padding-top:44px}
    h1,h2,h3,.caption{overflow-wrap:anywhere}
    h1,h2{font-family:Charter,"Bitstream Charter","Sitka Text",Cambria,Georgia,serif;
    line-height:1.2;letter-spacing:-.01em}
    h1{font-size:2.4rem;margin:.1em 0 .2em}
    h2{font-size:1.65rem;margin:0 0 .5em}
    h3{font-size:1.02rem;margin:0 0 .25em;line-height:1.35}
    a{color:var(--accent)}
    a:focus-visible,summary:focus-visible,.table:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
    .kicker{margin:0;color:var(--muted);text-transform:uppercase;letter-spacing:.09em;font-size:.78rem;font-weight:600}
    .subtitle{margin:0 0 24px;color:var(--muted);font-size:1.08rem;overflow-wrap:anywhere}
    .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(180px,1fr));gap:12px;margin-bottom:22px}
    .tile{display:block;padding:14px 16px;background:var(--panel);border:1px solid var(--rule);
    border-radius:10px;color:inherit;text-decoration:none}
    .tile:hover{border-color:var(--accent)}
    .tile strong{display:block;font-size:1.85rem;line-height:1.15;font-variant-numeric:tabular-nums}
    .tile span{color:var(--muted);font-size:.9rem;line-height:1.4;display:block}
    nav ul{display:flex;flex-wrap:wrap;gap:4px 18px;list-style:none;margin:0;padding:12px 0;
    border-top:1px solid var(--rule);border-bottom:1px solid var(--rule);font-size:.92rem}
    nav a{text-decoration:none;display:inline-block;padding:3px 0}
    nav a:hover{text-decoration:underline}
    section{padding:38px 0 6px;scroll-margin-top:8px}
    .lead{max-width:72ch;margin:0 0 .8em}
    .absence{max-width:72ch;color:var(--muted);border-left:4px solid var(--rule);padding:2px 0 2px 14px;margin:0}
    .caption{color:var(--muted);font-size:.88rem;line-height:1.45;margin:0 0 10px;max-width:80ch}
    .notes{display:grid;grid-template-columns:repeat(auto-fit,minmax(230px,1fr));gap:14px;margin:14px 0 20px}
    .note{background:var(--panel);border:1px solid var(--rule);border-left:6px solid var(--idle);border-radius:8px;padding:12px 16px}
    .note p{margin:0;font-size:.92rem}
    .note.proved{border-left-color:var(--failed)}
    .note.statistical{border-left-color:var(--partial);border-left-style:double}
    .note.descriptive{border-left-color:var(--descriptive);border-left-style:dashed}
    .note.caution{border-left-color:var(--ink);grid-column:1/-1}
    .figures{columns:2;column-gap:18px;margin:18px 0 0}
    .figures.small{columns:3}
    figure{margin:0 0 18px;break-inside:avoid;background:var(--panel);border:1px solid var(--rule);border-radius:10px;padding:18px 20px 12px;min-width:0}
    figure.wide,figure:only-child{column-span:all}
    figure+figure.wide{margin-top:18px}
    .legend{display:flex;flex-wrap:wrap;gap:4px 16px;list-style:none;margin:0 0 12px;padding:0;font-size:.86rem}
    .legend li{display:flex;align-items:center;gap:6px}
    details{margin-top:12px;font-size:.9rem}
    summary{cursor:pointer;color:var(--muted);padding:3px 0}
    .source{margin:8px 0 0;color:var(--muted);font-size:.82rem;overflow-wrap:anywhere}
    .listing{margin:22px 0}
    #data h3{margin-top:22px}
    #data th[scope=row]{white-space:nowrap}
    #data td:not(.number){min-width:24ch}
    #data td:last-child{min-width:0}
    .citation{background:var(--panel);border:1px solid var(--rule);border-radius:8px;padding:12px 16px;max-width:80ch;overflow-wrap:anywhere}
    pre{background:var(--panel);border:1px solid var(--rule);border-radius:8px;padding:12px 16px;overflow-x:auto;white-space:pre-wrap;overflow-wrap:anywhere;font-size:.85rem}
    code{font-family:ui-monospace,"SF Mono",Menlo,Consolas,"Liberation Mono",monospace;font-size:.92em}
    .methods{padding-left:20px;max-width:80ch}
    .methods li{margin:.35em 0}
    footer{padding:30px 24px 50px;color:var(--muted);font-size:.88rem}
    footer p{border-top:1px solid var(--rule);padding-top:14px;overflow-wrap:anywhere}

    """

  private static let pages = """
    .skip{position:absolute;left:-999px}
    .skip:focus{left:8px;top:8px;background:var(--panel);padding:6px 12px;z-index:2}
    .page-head{padding-top:20px}
    .page-head nav a[aria-current]{color:var(--ink);font-weight:700;border-bottom:3px solid var(--accent)}
    main>h1{padding-top:22px}
    .note h2{font-size:1.05rem;margin:0 0 .2em}
    nav.contents ul{border-top:0;padding-top:0}
    .answers{columns:2;column-gap:14px;margin:0 0 12px}
    .answer{break-inside:avoid;background:var(--panel);border:1px solid var(--rule);border-radius:10px;padding:14px 18px 12px;margin:0 0 14px}
    .answer:only-child{column-span:all}
    .answer h3{overflow-wrap:anywhere}
    .answer p{margin:.3em 0;overflow-wrap:anywhere}
    .answer .finding{font-size:1.1rem;font-weight:600;line-height:1.4;margin-bottom:.5em}
    .answer .finding+.standing{border-top:1px solid var(--rule)}
    .standing{display:grid;grid-template-columns:5.6em minmax(0,1fr);gap:2px 8px;margin:.4em 0 0;padding-top:.4em;font-size:.87rem;line-height:1.45}
    .standing dt{color:var(--muted)}
    .standing dd{margin:0;overflow-wrap:anywhere}
    .answer .more{font-size:.9rem}
    #opening h3{color:var(--muted);font-weight:600;font-size:.92rem}
    .ways{list-style:none;margin:0 0 .8em;padding:0}
    .ways li{display:inline-block;margin-right:18px}
    .cite summary{font-size:.82rem}
    .cite{margin-top:0}
    .filter{display:block;margin:0 0 8px;font-size:.9rem;color:var(--muted)}
    .filter input{font:inherit;color:var(--ink);background:var(--panel);border:1px solid var(--muted);border-radius:6px;padding:4px 8px}
    th button{font:inherit;color:inherit;background:none;border:0;padding:0;text-align:inherit;cursor:pointer;text-decoration:underline dotted}
    th button:focus-visible,input:focus-visible,pre:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
    th[aria-sort=ascending] button::after{content:" ↑"}
    th[aria-sort=descending] button::after{content:" ↓"}

    """

  private static let tables = """
    .table{overflow-x:auto;max-height:560px;overflow-y:auto;border:1px solid var(--rule);border-radius:8px;background:var(--panel)}
    table{border-collapse:collapse;width:100%;font-size:.87rem;line-height:1.4}
    th,td{padding:6px 10px;text-align:left;vertical-align:top;border-bottom:1px solid var(--rule);overflow-wrap:anywhere}
    tbody tr:last-child>*{border-bottom:0}
    thead th{position:sticky;top:0;background:var(--panel);color:var(--muted);font-weight:600;box-shadow:inset 0 -1px 0 var(--rule);overflow-wrap:normal}
    tbody th{font-weight:500;min-width:20ch}
    tbody th.short{min-width:0}
    td:not(.number):not(.short){min-width:14ch}
    td.short,th.short[scope=row]{white-space:nowrap}
    thead th.number{white-space:normal}
    .long{min-width:28ch}
    .number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}

    """

  private static let drawings = """
    svg.chart,svg.picture{display:block;overflow:visible}
    svg.picture{width:100%;height:auto}
    svg.picture.narrow{max-width:560px}
    .pan:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
    svg text{font-size:14px;fill:var(--ink)}
    svg .label{paint-order:stroke;stroke:var(--panel);stroke-width:5px}
    svg .value{font-variant-numeric:tabular-nums;font-weight:600;paint-order:stroke;stroke:var(--panel);stroke-width:7px}
    svg .muted{fill:var(--muted);font-size:12px}
    svg .track{fill:var(--track)}
    svg .axis{stroke:var(--muted);stroke-width:1}
    svg .grid{stroke:var(--rule);stroke-width:1}
    svg .tick{fill:var(--rule)}
    svg .range{stroke:var(--answered);stroke-width:4;stroke-opacity:.55}
    svg .whisker{stroke:var(--answered);stroke-width:1.5}
    svg .dot{fill:var(--answered)}
    .tone-plain,.tone-answered{fill:var(--answered)}
    .tone-partial,.tone-statistical{fill:url(#dots)}
    .tone-failed,.tone-proved{fill:url(#stripes)}
    .dots-ground{fill:var(--partial)}
    .stripes-ground{fill:var(--failed)}
    .pattern-line{stroke:var(--panel);stroke-opacity:.45}
    .pattern-dot{fill:var(--panel);fill-opacity:.6}
    .tone-descriptive{fill:var(--descriptive)}
    .tone-untested{fill:url(#hatch)}
    .hatch-ground{fill:var(--idle-ground)}
    .hatch-line{stroke:var(--idle);stroke-width:3}
    svg .cell-label{font-size:12px}
    svg .box{fill:none;stroke:var(--muted);stroke-width:1}
    svg .bracket{fill:none;stroke:var(--answered);stroke-width:2}
    svg .event{fill:var(--ink);stroke:var(--panel);stroke-width:1}
    .tile-answered{fill:var(--track);stroke:var(--answered);stroke-width:1}
    .tile-statistical{fill:var(--partial);fill-opacity:.3;stroke:var(--partial);stroke-width:3}
    .tile-untested{fill:url(#hatch);stroke:var(--idle)}
    svg .block{fill:none;stroke:var(--ink);stroke-width:1.5}
    svg .tile-label{font-size:13px;paint-order:stroke;stroke:var(--track);stroke-width:5px}
    svg .curve{fill:none;stroke-width:2.5;stroke-linejoin:round}
    .curve-0{stroke:var(--answered)}
    .curve-1{stroke:var(--failed);stroke-dasharray:8 4}
    .curve-2{stroke:var(--partial);stroke-dasharray:2 4}
    .curve-3{stroke:var(--descriptive);stroke-dasharray:12 3 2 3}
    .curve-4{stroke:var(--ink);stroke-dasharray:5 3}
    .curve-mark{stroke:var(--panel);stroke-width:1}
    .curve-mark-0{fill:var(--answered)}
    .curve-mark-1{fill:var(--failed)}
    .curve-mark-2{fill:var(--partial)}
    .curve-mark-3{fill:var(--descriptive)}
    .curve-mark-4{fill:var(--ink)}
    svg .land{fill:var(--land);fill-rule:evenodd}
    svg .graticule{fill:none;stroke:var(--rule);stroke-width:.6;stroke-opacity:.7}
    .place{fill:var(--answered);fill-opacity:.28;stroke:var(--answered);stroke-width:1.2}
    .centroid{stroke-dasharray:3.5 2.5}
    .place-answered{fill:var(--answered);fill-opacity:.78}
    .mark{transform-box:fill-box;transform-origin:center}
    svg .place-count{fill:#fff;font-size:13px;font-weight:700;paint-order:stroke;stroke:#0a3a63;stroke-width:3px;stroke-linejoin:round}

    """

  private static let narrow = """
    @media (max-width:860px){.figures,.figures.small,.answers{columns:1}.pan{overflow-x:auto}svg.picture.sheet{width:auto;height:auto;min-width:900px}}
    @media (max-width:560px){
    svg .label{font-size:12px}
    .page-head,main,footer{padding-left:16px;padding-right:16px}
    .page-head{padding-top:26px}
    h1{font-size:1.7rem}
    h2{font-size:1.35rem}
    .tiles{grid-template-columns:repeat(2,minmax(0,1fr));gap:8px}
    .tile{padding:10px 12px}
    .tile strong{font-size:1.45rem}
    .tile span{font-size:.82rem}
    nav ul{gap:2px 14px}
    figure{padding:14px 14px 10px}
    section{padding-top:28px}
    svg.picture .mark{transform:scale(1.35)}
    svg.picture .place-count{display:none}
    svg.picture .place-count.large{display:block;font-size:24px;stroke-width:5px;dominant-baseline:middle}
    .listing .table,#data .table{font-size:.95em}
    th,td{padding:6px 8px}
    }
    @media print{nav,details,.source,.filter{display:none}.table{max-height:none;overflow:visible}figure,.answer,.note,tr{break-inside:avoid-page}h2,h3{break-after:avoid-page}}

    """
}
