internal import Glibc

/// A socket that listens on an address, not yet served: so that a network knows that all of its
/// addresses are free before any server answers.
struct ListeningSocket {
  let descriptor: Int32

  private static let backlog: Int32 = 128

  struct Failure: Error {
    /// errno.
    let number: Int32

    var isAddressInUse: Bool { number == EADDRINUSE }
  }

  /// - Parameter port: 0 for any free one.
  init(address: String, port: Int) throws(Failure) {
    let isIPv6 = address.contains(":")
    let descriptor = socket(
      isIPv6 ? AF_INET6 : AF_INET,
      Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
    guard descriptor >= 0 else { throw Failure(number: errno) }
    var one: Int32 = 1
    setsockopt(
      descriptor, SOL_SOCKET, SO_REUSEADDR, &one, socklen_t(MemoryLayout.size(ofValue: one)))
    let isBound =
      isIPv6 ? Self.bindIPv6(descriptor, address, port) : Self.bindIPv4(descriptor, address, port)
    guard isBound, listen(descriptor, Self.backlog) == 0 else {
      let number = errno
      Glibc.close(descriptor)
      throw Failure(number: number)
    }
    self.descriptor = descriptor
  }

  func close() { Glibc.close(descriptor) }

  private static func bindIPv4(_ descriptor: Int32, _ address: String, _ port: Int) -> Bool {
    var place = sockaddr_in()
    place.sin_family = sa_family_t(AF_INET)
    place.sin_port = in_port_t(truncatingIfNeeded: port).bigEndian
    guard inet_pton(AF_INET, address, &place.sin_addr) == 1 else { return invalid() }
    return withUnsafePointer(to: &place) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
  }

  private static func bindIPv6(_ descriptor: Int32, _ address: String, _ port: Int) -> Bool {
    var place = sockaddr_in6()
    place.sin6_family = sa_family_t(AF_INET6)
    place.sin6_port = in_port_t(truncatingIfNeeded: port).bigEndian
    guard inet_pton(AF_INET6, address, &place.sin6_addr) == 1 else { return invalid() }
    return withUnsafePointer(to: &place) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in6>.size)) == 0
      }
    }
  }

  private static func invalid() -> Bool {
    errno = EINVAL
    return false
  }
}
