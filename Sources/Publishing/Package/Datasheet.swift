internal import Artifact

/// `DATASHEET.md`: the seven questions of *Datasheets for Datasets* (Gebru et al. 2021).
enum Datasheet {
  static func text(_ facts: PackageFacts) -> String {
    """
    # Datasheet

    \(facts.title), version \(facts.version).

    ## 1 Motivation

    Wallets of the Electrum protocol ask servers about the addresses they hold. Who runs these
    servers, how concentrated they are, and whether they answer truthfully is hard to see from a
    single wallet. The dataset lets anyone count, compare and check.

    ## 2 Composition

    \(composition(facts))

    Each table has a schema, a key and a meaning of empty: see DATA-DICTIONARY.md. Nothing about
    wallets or their users is in it: the scanner asks only about public test scripts. Texts that
    operators publish themselves (banners, donation addresses, names, contact details in them) are
    kept exactly, since they are evidence.

    ## 3 Collection

    \(collection(facts))

    A scan begins with a public list of servers and follows the peers that servers advertise. Each
    endpoint is asked by one connection at a time: version first, then a fixed list of harmless
    probes. Refusals and opt-outs end the conversation. Every failure is a row with a typed outcome.

    ## 4 Preprocessing

    Raw evidence is kept apart from what is derived of it. `normalize` reads it into endpoints and
    servers, `featurize` makes what can be compared, `cluster` joins servers by identity evidence
    and equal behaviour, `score` evaluates indicators and concentration. Each step is a function of
    its inputs and parameters; provenance.json holds their digests, and equal inputs give equal
    bytes.

    ## 5 Uses, and what it cannot tell

    Fit for: describing the servers that answered from the stated vantage point and time; comparing
    scans; finding what deserves a closer look. Not fit for:

    - saying that a server keeps logs: that is unobservable;
    - naming persons: a likely operator is an inference from shared evidence;
    - counting operators: no count here is the number that there are, since one who varies keys, names
      and texts is not found;
    - saying that a server was down: one vantage point sees one path, and *not tested* is not
      *unreachable*;
    - where a machine stands: locations are those of address databases, often only the country;
    - what users are exposed to: wallets do not choose servers uniformly.

    Bands in the concentration table come from drawing operators anew and hold no error of the
    linkage. A deviation score is calibrated on
    simulation and is no probability of intent.

    ## 6 Distribution

    Data: \(PackageFacts.licenseName) (LICENSE-DATA). Programs: MIT. Checksums: SHA256SUMS. Citation:
    CITATION.cff.

    ## 7 Maintenance

    Published by \(line(facts.parameters.publisher)). \(contact(facts)) Released packages are not
    edited: a correction is a new version. The number of a version says what changed since the released
    one before: MAJOR where a column is gone or has another type, MINOR where data differ.

    """
  }

  private static func composition(_ facts: PackageFacts) -> String {
    var out = "| table | rows | what a row is |\n|---|---:|---|\n"
    for table in facts.tables {
      out +=
        "| \(table.name) | \(NumberText.count(table.content.rows)) | \(table.schema.summary) |\n"
    }
    return out
  }

  private static func collection(_ facts: PackageFacts) -> String {
    var out = "| scan | started (UTC) | vantage point |\n|---|---|---|\n"
    for scan in facts.scans {
      let vantage = scan.vantage.map { line(VisibleText.show($0)) } ?? "not recorded"
      out += "| \(scan.name) | \(scan.startedAt ?? "not recorded") | \(vantage) |\n"
    }
    if facts.scans.contains(where: \.isSimulated) {
      out += "\nThe scans met a **simulated network** on loopback: these are test data.\n"
    }
    return out
  }

  private static func contact(_ facts: PackageFacts) -> String {
    facts.parameters.contact.isEmpty
      ? "No contact for corrections was given with this package."
      : "Corrections and opt-out: \(line(facts.parameters.contact))."
  }

  /// Text without what Markdown would act on.
  private static func line(_ text: String) -> String {
    text.replacing("|", with: "\\|").replacing("<", with: "&lt;").replacing("\n", with: " ")
  }
}
