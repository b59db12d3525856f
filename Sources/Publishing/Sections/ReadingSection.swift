/// How to read the report: what kinds of statement there are, and which are never made.
enum ReadingSection {
  static func section() -> Section {
    Section(
      sectionID: "reading", sectionTitle: "How to read this report",
      sectionLead: [
        "Facts come first: each number counts rows of a table that stands beside this page, and "
          + "each figure names its table. What was not observed is shown as not tested or unknown "
          + "and never counted as a value."
      ],
      notes: [
        Note(
          noteTitle: "Proved",
          noteText: "A contradiction that cryptography or the protocol itself shows, with the "
            + "evidence kept. It needs no belief about rates.", noteStyle: "proved"),
        Note(
          noteTitle: "Statistical",
          noteText: "A likelihood with a stated error. It can be wrong for any single server.",
          noteStyle: "statistical"),
        Note(
          noteTitle: "Descriptive",
          noteText: "What is there, with no claim about good or bad.", noteStyle: "descriptive"),
        Note(
          noteTitle: "Not claimed",
          noteText: "Whether a server keeps logs cannot be observed, so nothing here says that one "
            + "does. A likely operator is an inference from shared evidence, not a name of a "
            + "person, and no count of them is the number that there are: someone who hides well is "
            + "not found. A deviation score is no probability of intent.",
          noteStyle: "caution"),
      ])
  }
}
