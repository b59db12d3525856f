import Artifact
import Foundation

/// One run at a time in an output folder, by flock(2) on `<folder>/.lock`.
///
/// The lock goes with the process, however it ends; the file that stays behind says nothing.
final class FolderLock {
  private let descriptor: Int32

  init(folder: String, stage: String) throws(StageError) {
    do {
      try FileBytes.createFolder(folder)
    } catch {
      throw StageError(
        .cannotCreate, place: folder, expected: error.expected, found: error.found,
        remedy: error.remedy)
    }
    let path = folder + "/.lock"
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw StageError(
        .cannotCreate, place: path, expected: "a file that can be created",
        found: systemErrorText(errno), remedy: "check the folder's permissions")
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let holder = Self.text(descriptor)
      close(descriptor)
      throw StageError(
        .locked, place: folder, expected: "no other run on this dataset",
        found: holder.isEmpty ? "one" : holder, remedy: "wait for it or end it, then try again")
    }
    self.descriptor = descriptor
    let holder = "\(stage), process \(getpid())"
    ftruncate(descriptor, 0)
    _ = holder.withCString { pwrite(descriptor, $0, strlen($0), 0) }
  }

  deinit {
    ftruncate(descriptor, 0)
    close(descriptor)
  }

  private static func text(_ descriptor: Int32) -> String {
    var buffer = [UInt8](repeating: 0, count: 200)
    let count = pread(descriptor, &buffer, buffer.count, 0)
    guard count > 0 else { return "" }
    return EscapedText.escape(String(decoding: buffer[..<count], as: UTF8.self))
  }
}
