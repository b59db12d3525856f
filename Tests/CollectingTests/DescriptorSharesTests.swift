import Artifact
import Foundation
import NIOCore
import StageKit
import Testing

@testable import Collecting

struct DescriptorSharesTests {
  private func shares(
    _ limit: Int, concurrency: Int = 128, threads: Int = 8, asksSystem: Bool = false
  ) throws(StageError) -> DescriptorShares {
    try DescriptorShares(
      limit: limit, inUse: 4, threads: threads, concurrency: concurrency, asksSystem: asksSystem)
  }

  @Test func `the usual limit leaves as many connections at once as are wanted`() throws {
    for limit in [512, 1_024, 1 << 20, Int.max] {
      let shares = try shares(limit, asksSystem: true)
      #expect(shares.connections == 128 && shares.loops == 4 && shares.lookUps == 8)
    }
  }

  @Test(arguments: [24, 25, 30, 40, 64, 100, 200, 300])
  func `what is shared out is never more than may be open`(limit: Int) throws {
    for asksSystem in [false, true] {
      let shares = try shares(limit, concurrency: 8_192, asksSystem: asksSystem)
      let used =
        4 + shares.loops * 3 + (asksSystem ? shares.lookUps * 3 : 0) + shares.connections * 2
      #expect(shares.connections >= 1 && used < limit)
    }
  }

  @Test func `a limit that leaves no connection is told with the least that does`() throws {
    let error = #expect(throws: StageError.self) { try shares(16) }
    #expect(error?.expected == "at least 17" && error?.found == "16")
    #expect(try shares(17).connections == 1)
  }

  @Test(arguments: [EMFILE, ENFILE, ENOBUFS, ENOMEM, EADDRNOTAVAIL, EADDRINUSE])
  func `what our own machine lacks is a shortage of ours`(number: Int32) {
    #expect(FailureText.isShortageOfOurs(IOError(errnoCode: number, reason: "connect")))
  }

  @Test(arguments: [ECONNREFUSED, ETIMEDOUT, EHOSTUNREACH, ENETUNREACH, ECONNRESET, EPIPE, EACCES])
  func `what a server or the network does is none`(number: Int32) {
    #expect(!FailureText.isShortageOfOurs(IOError(errnoCode: number, reason: "connect")))
  }

  @Test func `the soft limit is raised to the hard one`() {
    let limit = OpenFileLimit.raise()
    var now = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &now)
    #expect(now.rlim_cur == now.rlim_max && limit == Int(clamping: now.rlim_cur))
    #expect(OpenFileLimit.inUse >= 3 && OpenFileLimit.inUse < limit)
  }
}
