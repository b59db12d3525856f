public import ElectrumProtocol
import Ordering

/// Whether a network's target may fall to its minimum in single blocks, so that bits say nothing of
/// the blocks beside them.
extension BitcoinNetwork {
  /// Blocks between two changes of the target.
  public static let retargetInterval = 2016

  /// Testnets let anybody mine at the minimum after twenty minutes without a block.
  public var hasMinimumDifficultyBlocks: Bool {
    switch self {
    case .mainnet, .signet: false
    case .testnet3, .testnet4, .regtest: true
    }
  }
}

/// Headers of the reference chain by height, which tell what work a header at a height must have.
public struct ReferenceHeaders: Sendable {
  private let network: BitcoinNetwork?
  private let headers: [Int: HeaderFacts]
  /// The bits of each retarget period of which all known headers agree; nil where they do not.
  private let bitsOfPeriod: [Int: UInt32?]

  /// Expected number of hashes, as its binary logarithm, from which on nobody mines a header to
  /// deceive: 2^64 hashes cost a network of 2009's thousand machines years, and a machine of today
  /// days.
  private static let costlyWork = 64

  /// - Parameter network: nil for a chain that is not known: its bits are not compared.
  public init(_ headers: [Int: HeaderFacts], network: BitcoinNetwork?) {
    self.headers = headers
    self.network = network
    var periods: [Int: UInt32?] = [:]
    // The genesis block may have other bits than those after it on simulated chains.
    for (height, header) in headers where height > 0 {
      let period = height / BitcoinNetwork.retargetInterval
      if let known = periods[period] {
        if known != header.bits { periods[period] = .some(nil) }
      } else {
        periods[period] = header.bits
      }
    }
    bitsOfPeriod = periods
  }

  public subscript(height: Int) -> HeaderFacts? { headers[height] }

  /// The bits that the chain has at a height; nil where they are not known.
  public func bits(at height: Int) -> UInt32? {
    if let header = headers[height] { return header.bits }
    guard height > 0 else { return nil }
    return bitsOfPeriod[height / BitcoinNetwork.retargetInterval] ?? nil
  }

  /// Whether a header can be the one at a height, by its work.
  public func work(of header: HeaderFacts, at height: Int) -> HeaderWork {
    guard let network else { return .unknown }
    if network.hasMinimumDifficultyBlocks { return header.hasProofOfWork ? .done : .missing }
    guard let bits = bits(at: height), let target = CompactTarget(bits: bits) else {
      return header.hasProofOfWork ? .unknown : .missing
    }
    return header.bits == bits && target.isMet(by: header.hash.bytes) ? .done : .missing
  }

  /// Whether a header's work at the chain's bits is so much that no deceiver does it.
  public func isCostly(_ header: HeaderFacts, at height: Int) -> Bool {
    guard work(of: header, at: height) == .done, let bits = bits(at: height),
      let target = CompactTarget(bits: bits)
    else { return false }
    let zeros = target.bytes.prefix { $0 == 0 }.count
    let next = zeros < target.bytes.count ? target.bytes[zeros].leadingZeroBitCount : 0
    return 8 * zeros + next >= Self.costlyWork
  }
}

/// Whether a header has the work that its height asks for.
public enum HeaderWork: Sendable, Hashable {
  case done
  /// It misses the target, or states an easier one than the chain's.
  case missing
  /// The chain's target at that height is not known.
  case unknown
}

/// Headers of one server that must link, and do not.
public enum HeaderLinkage {
  /// The first height whose header names another block before it than the header that the same server
  /// gives for the height below; nil: all that can be compared link.
  /// - Parameter deepest: greatest height to compare. A server that gave two headers near its tip
  ///   before and after a reorganisation did not contradict itself.
  public static func firstBreak(in headers: [Int: HeaderFacts], upTo deepest: Int) -> Int? {
    headers.keys.sorted().first { height in
      guard height <= deepest, let header = headers[height], let below = headers[height - 1] else {
        return false
      }
      return header.previous != below.hash
    }
  }
}
