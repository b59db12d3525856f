import Foundation
import NIOCore
import Records

/// Which address families this machine has a route for.
enum VantageRoutes {
  /// Asks the system's routing table; no packet leaves (connect(2) of a datagram socket sends none).
  static func detect() -> Set<AddressFamily> {
    var routes: Set<AddressFamily> = []
    if hasRoute(to: "192.88.99.1") { routes.insert(.ipv4) }
    if hasRoute(to: "2001:503:ba3e::2:30") { routes.insert(.ipv6) }
    return routes
  }

  private static func hasRoute(to address: String) -> Bool {
    guard let target = try? SocketAddress(ipAddress: address, port: 53) else { return false }
    let descriptor = socket(target.protocol.rawValue, Int32(SOCK_DGRAM.rawValue), 0)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return target.withSockAddr { connect(descriptor, $0, socklen_t($1)) == 0 }
  }
}
