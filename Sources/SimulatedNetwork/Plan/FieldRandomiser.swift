internal import ElectrumProtocol
internal import Statistics

/// An operator in hiding makes part of each server's fields look like nobody's in particular: each
/// controllable field of each server with the operator's `randomised` chance.
struct FieldRandomiser {
  private let scenario: Scenario
  private let software: [String]

  private static let words = [
    "amber", "basalt", "cobalt", "dune", "ember", "fjord", "granite", "harbour", "iris", "juniper",
    "kelp", "lagoon", "meadow", "nimbus", "onyx", "pebble", "quartz", "reef", "sierra", "tundra",
    "umbra", "violet", "willow", "xenon", "yarrow", "zephyr",
  ]

  init(_ scenario: Scenario) {
    self.scenario = scenario
    software = Set(scenario.servers.map(\.software)).sorted()
  }

  /// Each field has draws of its own, so that a larger share makes these fields random and more.
  func applied(to spec: ServerSpec, of owner: OperatorSpec) -> ServerSpec {
    guard owner.randomised > 0 else { return spec }
    var result = spec
    func draws(_ field: String) -> Xoshiro256StarStar? {
      var random = Xoshiro256StarStar(
        seed: NetworkPlan.seed(scenario.seed, "randomised|\(spec.id)|\(field)"))
      return random.nextUnit() < owner.randomised ? random : nil
    }
    if var random = draws("banner") { result.settings.banner = banner(&random) }
    if draws("donation") != nil { result.settings.donationAddress = nil }
    if var random = draws("certificate") { result.settings.certificate = certificate(&random) }
    if var random = draws("names") { result.names = spec.names.map { _ in name(&random) } }
    if draws("backend") != nil {
      result.settings.backend = nil
      result.hasOwnBackend = true
    }
    if var random = draws("hosts") {
      result.settings.statedHosts = random.nextUnit() < 0.5 ? .own : ServerSettings.StatedHosts.none
    }
    if var random = draws("site"), spec.address == nil {
      result.site = scenario.sites[random.nextIndex(below: scenario.sites.count)].id
    }
    if var random = draws("software") {
      result.software = software[random.nextIndex(below: software.count)]
    }
    if var random = draws("port"), spec.sslPort != nil {
      let port = 50_000 + random.nextIndex(below: 10_000)
      result.sslPort = port == spec.tcpPort ? port + 1 : port
    }
    return result
  }

  private func word(_ random: inout Xoshiro256StarStar) -> String {
    Self.words[random.nextIndex(below: Self.words.count)]
  }

  /// Half have the banner that the software ships with.
  private func banner(_ random: inout Xoshiro256StarStar) -> String? {
    if random.nextUnit() < 0.5 { return nil }
    return "\(word(&random)) \(word(&random)) node \(random.nextIndex(below: 1_000))"
  }

  private func name(_ random: inout Xoshiro256StarStar) -> String {
    "\(word(&random)).\(word(&random))-\(word(&random))\(random.nextIndex(below: 10_000)).example"
  }

  private func certificate(_ random: inout Xoshiro256StarStar) -> CertificateSpec {
    var result = CertificateSpec()
    result.algorithm = random.nextUnit() < 0.5 ? .ec : .rsa
    result.commonName = random.nextUnit() < 0.5 ? nil : name(&random)
    result.ageDays = 1 + random.nextIndex(below: 1_500)
    result.validDays = [365, 1_825, 3_650][random.nextIndex(below: 3)]
    return result
  }
}
