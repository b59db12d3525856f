import ElectrumProtocol
import NIOCore
import Testing

struct LineSplitterTests {
  @Test func `lines are the same however the bytes arrive`() throws {
    let stream = Array("{\"a\":1}\r\n\n{\"b\":2}\nrest".utf8)
    for size in 1...stream.count {
      var splitter = LineSplitter(maximumLength: 100)
      var lines: [String] = []
      for start in stride(from: 0, to: stream.count, by: size) {
        splitter.append(stream[start..<min(start + size, stream.count)])
        while let line = try splitter.next() { lines.append(String(decoding: line, as: UTF8.self)) }
      }
      #expect(lines == ["{\"a\":1}\r\n", "\n", "{\"b\":2}\n"])
      #expect(Array(splitter.remainder) == Array("rest".utf8))
    }
  }

  @Test func `a line over the limit is a typed error`() throws {
    var splitter = LineSplitter(maximumLength: 4)
    splitter.append(Array("abc\n".utf8))
    #expect(try splitter.next()?.count == 4)
    splitter.append(Array("abcd\n".utf8))
    #expect(throws: LineSplitter.TooLong(maximumLength: 4)) { try splitter.next() }
    splitter.discardRemainder()
    splitter.append(Array("abcde".utf8))
    #expect(throws: LineSplitter.TooLong(maximumLength: 4)) { try splitter.next() }
  }

  @Test func `it takes buffers of the event loop`() throws {
    var splitter = LineSplitter()
    splitter.append(ByteBuffer(string: "x\n"))
    #expect(try splitter.next() == [0x78, 0x0A])
    #expect(try splitter.next() == nil)
  }
}
