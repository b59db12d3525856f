extension ProbeSession {
  /// Asks for peers once more, on a connection of its own: some servers tell of a part at a time.
  public static func peersAgain(clientName: String) -> ProbeSession {
    let probes = ProbeCatalog.identify(clientName: clientName)
      .filter { $0.id == "server.peers.subscribe" }
    return ProbeSession(
      id: "peers",
      probes: [ProbeCatalog.opening("server.version.further.1.6", clientName: clientName)] + probes)
  }
}
