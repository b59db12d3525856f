import Foundation

/// How many files this process may have open (getrlimit(2), RLIMIT_NOFILE): each connection is one.
public enum OpenFileLimit {
  /// Raises the soft limit to what the hard one allows.
  ///
  /// - Returns: the limit from now on.
  @discardableResult public static func raise() -> Int {
    var limit = rlimit()
    let kind = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    guard getrlimit(kind, &limit) == 0 else { return usual }
    if limit.rlim_cur < limit.rlim_max {
      var raised = limit
      raised.rlim_cur = limit.rlim_max
      if setrlimit(kind, &raised) == 0 { limit = raised }
    }
    return Int(clamping: limit.rlim_cur)
  }

  /// POSIX systems give at least so many to a process that says nothing of it.
  private static let usual = 256

  /// Files that are open now.
  public static var inUse: Int {
    // One of those listed is the listing's own.
    (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count - 1) ?? 3
  }
}
