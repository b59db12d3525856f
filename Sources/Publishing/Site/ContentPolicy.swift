import Digests
import Foundation

/// What a page may load and run: its own style sheet and its own script, known by their digests
/// (Content Security Policy level 3), and nothing else from anywhere.
enum ContentPolicy {
  /// - Parameters:
  ///   - style: the content of the page's `style` element.
  ///   - script: the content of its `script` element; nil: it has none.
  static func text(style: String, script: String?) -> String {
    var directives = ["default-src 'none'", "style-src \(source(style))"]
    if let script { directives.append("script-src \(source(script))") }
    return (directives + ["base-uri 'none'", "form-action 'none'"]).joined(separator: "; ")
  }

  private static func source(_ content: String) -> String {
    "'sha256-\(Data(SHA256.digest(content.utf8)).base64EncodedString())'"
  }
}
