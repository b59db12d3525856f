import Artifact
import Foundation

/// One run at a time in an output folder, by flock(2) on `<folder>/.lock`.
///
/// The lock goes with the process, however it ends. So does the file, unless the process is killed: what
/// stays behind then says nothing.
final class FolderLock {
  private let path: String
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
    var descriptor: Int32
    // Between opening and locking, the one that held the file may have taken it away.
    repeat {
      descriptor = try Self.locked(path, folder)
    } while !Self.isThere(path, descriptor)
    self.path = path
    self.descriptor = descriptor
    let holder = "\(stage), process \(getpid())"
    ftruncate(descriptor, 0)
    _ = holder.withCString { pwrite(descriptor, $0, strlen($0), 0) }
  }

  deinit {
    unlink(path)
    close(descriptor)
  }

  private static func locked(_ path: String, _ folder: String) throws(StageError) -> Int32 {
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw StageError(
        .cannotCreate, place: path, expected: "a file that can be created",
        found: systemErrorText(errno), remedy: "check the folder's permissions")
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let holder = text(descriptor)
      close(descriptor)
      throw StageError(
        .locked, place: folder, expected: "no other run on this dataset",
        found: holder.isEmpty ? "one" : holder, remedy: "wait for it or end it, then try again")
    }
    return descriptor
  }

  /// Whether the path is still that of the open file; where it is not, closes it.
  private static func isThere(_ path: String, _ descriptor: Int32) -> Bool {
    var named = stat()
    var opened = stat()
    let isSame =
      stat(path, &named) == 0 && fstat(descriptor, &opened) == 0
      && named.st_ino == opened.st_ino && named.st_dev == opened.st_dev
    if !isSame { close(descriptor) }
    return isSame
  }

  private static func text(_ descriptor: Int32) -> String {
    var buffer = [UInt8](repeating: 0, count: 200)
    let count = pread(descriptor, &buffer, buffer.count, 0)
    guard count > 0 else { return "" }
    return EscapedText.escape(String(decoding: buffer[..<count], as: UTF8.self))
  }
}
