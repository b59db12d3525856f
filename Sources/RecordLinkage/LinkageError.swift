/// Why records cannot be linked.
public enum LinkageError: Error, Sendable, Equatable {
  /// More memory would be needed than is allowed, in bytes: so many pairs say something.
  case memory(needed: Int, allowed: Int, pairs: Int)
}

extension LinkageError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .memory(let needed, let allowed, let pairs):
      "\(pairs) pairs say something, which would need \(needed >> 20) MiB of memory; "
        + "\(allowed >> 20) MiB are allowed"
    }
  }
}
