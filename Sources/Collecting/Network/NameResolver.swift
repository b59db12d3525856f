import Addressing
import Foundation
import NIOCore
import NIOPosix
import Ordering
import Records
import Synchronization

/// Looks names up: the hosts file first, then the system's resolver on threads of its own.
final class NameResolver: Sendable {
  private let hosts: HostsFile
  private let asksSystem: Bool
  private let timeout: TimeAmount
  private let threads: NIOThreadPool
  private let loop: any EventLoop

  /// - Parameter asksSystem: false in a simulated network, whose names must not leak into DNS.
  /// - Parameter threads: names that are asked for at a time.
  init(
    hosts: HostsFile, asksSystem: Bool, timeout: TimeAmount, threads: Int = 8, loop: any EventLoop
  ) {
    self.hosts = hosts
    self.asksSystem = asksSystem
    self.timeout = timeout
    self.loop = loop
    self.threads = NIOThreadPool(numberOfThreads: threads)
    self.threads.start()
  }

  func shutDown() async {
    try? await threads.shutdownGracefully()
  }

  /// All addresses, in canonical form, sorted.
  func resolve(_ name: HostName) async -> NameResolution {
    let start = NIODeadline.now()
    if let addresses = hosts[name.text] {
      return Self.resolution(name, .success(addresses), since: start)
    }
    guard asksSystem else { return Self.resolution(name, .failure(.resolveFailed), since: start) }
    let answer = await ask(name.text)
    return Self.resolution(name, answer, since: start)
  }

  private struct Failure: Error {
    let outcome: Outcome
    static let resolveFailed = Failure(outcome: .resolveFailed)
    static let resolveTimedOut = Failure(outcome: .resolveTimedOut)
    /// Our own machine could not ask.
    static let untested = Failure(outcome: .untestedSkipped)
  }

  private static func resolution(
    _ name: HostName, _ answer: Result<[IPAddress], Failure>, since start: NIODeadline
  ) -> NameResolution {
    let duration = Int((NIODeadline.now() - start).nanoseconds / 1000)
    switch answer {
    case .success(let addresses):
      return NameResolution(name: name.text, outcome: .answered).with {
        $0.addresses = Set(addresses.map(\.text)).sorted()
        $0.resolveMicroseconds = duration
      }
    case .failure(let failure):
      return NameResolution(name: name.text, outcome: failure.outcome).with {
        $0.resolveMicroseconds = duration
      }
    }
  }

  /// getaddrinfo cannot be called off: after the timeout its answer is passed over.
  private func ask(_ name: String) async -> Result<[IPAddress], Failure> {
    await withCheckedContinuation { continuation in
      let pending = Mutex<CheckedContinuation<Result<[IPAddress], Failure>, Never>?>(continuation)
      let shared = Pending(pending)
      threads.submit { [loop, timeout] state in
        guard state == .active else { return shared.answer(.failure(.resolveFailed)) }
        loop.scheduleTask(in: timeout) { shared.answer(.failure(.resolveTimedOut)) }
        shared.answer(Self.lookUp(name))
      }
    }
  }

  /// A continuation that is resumed once, by whoever comes first.
  private final class Pending: Sendable {
    private let continuation: Mutex<CheckedContinuation<Result<[IPAddress], Failure>, Never>?>

    init(_ continuation: consuming Mutex<CheckedContinuation<Result<[IPAddress], Failure>, Never>?>)
    {
      self.continuation = continuation
    }

    func answer(_ result: Result<[IPAddress], Failure>) {
      let taken = continuation.withLock { held in
        defer { held = nil }
        return held
      }
      taken?.resume(returning: result)
    }
  }

  private static func lookUp(_ name: String) -> Result<[IPAddress], Failure> {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var list: UnsafeMutablePointer<addrinfo>?
    var isOurs = false
    for wait in [0, 0.1, 0.2, 0.4, 0.8] {
      if wait > 0 { Thread.sleep(forTimeInterval: wait) }
      errno = 0
      let code = getaddrinfo(name, nil, &hints, &list)
      if code == 0 {
        let found = addresses(list)
        return found.isEmpty ? .failure(.resolveFailed) : .success(found)
      }
      isOurs = code == EAI_MEMORY || FailureText.isShortage(errno)
      if !isOurs { break }
    }
    return .failure(isOurs ? .untested : .resolveFailed)
  }

  private static func addresses(_ list: UnsafeMutablePointer<addrinfo>?) -> [IPAddress] {
    defer { freeaddrinfo(list) }
    var addresses: [IPAddress] = []
    var next = list
    while let entry = next {
      if let address = address(of: entry.pointee) { addresses.append(address) }
      next = entry.pointee.ai_next
    }
    return addresses
  }

  private static func address(of entry: addrinfo) -> IPAddress? {
    guard let socket = entry.ai_addr else { return nil }
    switch entry.ai_family {
    case AF_INET:
      return socket.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { pointer in
        IPAddress(bytes: withUnsafeBytes(of: pointer.pointee.sin_addr) { Array($0) })
      }
    case AF_INET6:
      return socket.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { pointer in
        IPAddress(bytes: withUnsafeBytes(of: pointer.pointee.sin6_addr) { Array($0) })
      }
    default: return nil
    }
  }
}
