internal import Glibc

/// Lines on the standard streams, written at once.
public enum FileOutput {
  public static func standardOutput(_ line: String) { write(line, to: STDOUT_FILENO) }
  public static func standardError(_ line: String) { write(line, to: STDERR_FILENO) }

  private static func write(_ line: String, to descriptor: Int32) {
    let bytes = Array((line + "\n").utf8)
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      guard count > 0 else { return }
      sent += count
    }
  }
}
