internal import Artifact

/// `LICENSE-DATA`: what may be done with the data, in our own words.
enum DataLicense {
  static func text(_ facts: PackageFacts) -> String {
    let geography =
      facts.geographySources.isEmpty
      ? "No database of addresses was used; those columns are empty."
      : "They come from:\n\n"
        + (facts.parameters.locationSources.map { "  - \($0)" }
        + facts.geographySources.map { "  - \($0.name), sha256 \($0.sha256)" })
        .joined(separator: "\n")
        + "\n\nThe licence and the request for attribution of their makers apply to those columns too."
    return """
      \(facts.title), version \(facts.version)

      The tables and texts of this package are licensed under the Creative Commons Attribution 4.0
      International licence (CC-BY-4.0): you may copy, share and change them for any purpose, if you
      name the source (see CITATION.cff) and say what you changed. The licence's own words count:

        \(PackageFacts.licenseURL)legalcode

      Banners, certificates, host names and other texts in the tables are what servers sent to
      anyone who connects; the licence covers our collection of them, not rights that their authors
      may have.

      Columns country, asn, as_name, latitude, longitude and location_precision tell where an
      address is registered or thought to be. \(geography)

      The programs that made the package have a licence of their own (MIT).

      """
  }
}
