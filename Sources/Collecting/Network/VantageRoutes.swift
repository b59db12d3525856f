import Foundation
import Records

/// Which address families this machine has a route for.
enum VantageRoutes {
  /// Asks the system's routing table; no packet leaves (connect(2) of a datagram socket sends none).
  static func detect() -> Set<AddressFamily> {
    var routes: Set<AddressFamily> = []
    if hasRoute(to: "192.88.99.1", AF_INET) { routes.insert(.ipv4) }
    if hasRoute(to: "2001:503:ba3e::2:30", AF_INET6) { routes.insert(.ipv6) }
    return routes
  }

  private static func hasRoute(to address: String, _ family: Int32) -> Bool {
    let descriptor = socket(family, Int32(SOCK_DGRAM.rawValue), 0)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    if family == AF_INET {
      var target = sockaddr_in()
      target.sin_family = sa_family_t(AF_INET)
      target.sin_port = in_port_t(53).bigEndian
      inet_pton(AF_INET, address, &target.sin_addr)
      return connects(descriptor, &target, MemoryLayout<sockaddr_in>.size)
    }
    var target = sockaddr_in6()
    target.sin6_family = sa_family_t(AF_INET6)
    target.sin6_port = in_port_t(53).bigEndian
    inet_pton(AF_INET6, address, &target.sin6_addr)
    return connects(descriptor, &target, MemoryLayout<sockaddr_in6>.size)
  }

  private static func connects<Address>(
    _ descriptor: Int32, _ target: inout Address, _ size: Int
  ) -> Bool {
    withUnsafePointer(to: &target) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(size)) == 0
      }
    }
  }
}
