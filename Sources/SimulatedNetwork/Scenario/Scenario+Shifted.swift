extension Scenario {
  /// The same network with `offset` added to the second byte of each of its addresses, so that
  /// several can listen on one machine side by side.
  public func shifted(by offset: Int) throws(ScenarioError) -> Scenario {
    var result = self
    for index in result.sites.indices {
      let prefix = result.sites[index].prefix
      result.sites[index].prefix = IPv4Prefix(
        address: try Self.shifted(prefix.address, offset, "sites[\(index)].prefix"),
        bits: prefix.bits)
    }
    for owner in result.operators.indices {
      for server in result.operators[owner].servers.indices {
        let spec = result.operators[owner].servers[server]
        guard let address = spec.address.flatMap(IPv4.number) else { continue }
        result.operators[owner].servers[server].address = IPv4.text(
          try Self.shifted(address, offset, "server \(spec.id).address"))
      }
    }
    return result
  }

  private static func shifted(
    _ address: UInt32, _ offset: Int, _ place: String
  ) throws(ScenarioError) -> UInt32 {
    let second = Int(address >> 16 & 0xFF) + offset
    guard (0...255).contains(second) else {
      throw ScenarioError(
        .outOfRange, place: place, expected: "a second byte of 0…255 after the offset",
        found: "\(second)")
    }
    return address & 0xFF00_FFFF | UInt32(second) << 16
  }
}
