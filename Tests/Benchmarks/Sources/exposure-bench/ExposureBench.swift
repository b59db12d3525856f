import Foundation
import WalletExposure

/// Plays the sessions of wallets over a network that its arguments determine:
/// `exposure-bench SERVERS WALLETS SESSIONS THREADS`. Prints the seconds of wall and processor, and the
/// shares of later sessions whose main server is in the list and of servers met a session.
///
/// Server k has the prefix k / 2, is listed where k is a multiple of 5, and is 20 + 9.5 · (7k mod 30) ms away;
/// everybody names everybody, and nobody fails. `exposure.py` plays the same network by the peer's rules.
@main
enum ExposureBench {
  static func main() throws {
    let numbers = CommandLine.arguments.dropFirst().map { Int($0) ?? 0 }
    let servers = (0..<numbers[0]).map { WalletServer(prefix: $0 / 2, isListed: $0 % 5 == 0) }
    let trips = servers.indices.map { 0.02 + 0.0095 * Double((7 * $0) % 30) }
    let network = try WalletNetwork(
      servers: servers, regions: [.init(roundTrips: trips)], peers: servers.map { _ in nil })
    var simulation = WalletSimulation(seed: 1)
    simulation.wallets = numbers[1]
    simulation.sessions = numbers[2]
    let (wall, processor) = (Date(), clock())
    let both = try simulation.encounters(
      of: network, WalletRules(),
      by: [servers.map { $0.isListed ? 0 : 1 }, Array(servers.indices)], threads: numbers[3])
    let seconds = Date().timeIntervalSince(wall)
    let processorSeconds = Double(clock() - processor) / Double(CLOCKS_PER_SEC)
    let (met, single) = (both[0], both[1])
    let later = Double(simulation.wallets * (simulation.sessions - 1))
    let connected = single.reduce(0) { $0 + $1.connectedLater }
    print(
      seconds, processorSeconds, Double(met[0].mainLater) / later, Double(connected) / later,
      separator: "\t")
  }
}
