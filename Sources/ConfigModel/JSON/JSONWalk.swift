/// Finds out, after a failure, where in a document a byte is.
///
/// It walks over bytes that the reader has accepted already, so that the reader need not keep track of line, column and
/// path while all goes well.
struct JSONWalk {
    private enum Container {
        case object(start: Int, key: Range<Int>?)
        case array(index: Int)
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    private let end: Int
    private var position: Int
    private var containers: [Container] = []

    private init(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int) {
        self.bytes = bytes
        self.end = end
        position = start
    }

    /// The JSON pointer to the value that is being read at an offset.
    static func pointer(to offset: Int, in bytes: UnsafeBufferPointer<UInt8>) -> String {
        var walk = JSONWalk(bytes, from: 0, to: offset)
        while walk.step() {}
        return walk.pointer
    }

    /// The offset at which a key begins for the second time in the object that starts at `start`.
    static func secondOccurrence(
        of key: String, inObjectAt start: Int, of bytes: UnsafeBufferPointer<UInt8>, end: Int
    ) -> Int {
        var walk = JSONWalk(bytes, from: start, to: end)
        var count = 0
        var last: Range<Int>?
        while walk.step() {
            guard case .object(start, let range?)? = walk.containers.last, range != last else { continue }
            last = range
            if UTF8Order.areEqual(walk.unescaped(range), key) { count += 1 }
            if count == 2 { return range.lowerBound }
        }
        return start
    }

    /// Goes over one string or one other byte; false at the end.
    private mutating func step() -> Bool {
        guard position < end else { return false }
        switch bytes[position] {
        case UInt8(ascii: "{"): containers.append(.object(start: position, key: nil))
        case UInt8(ascii: "["): containers.append(.array(index: 0))
        case UInt8(ascii: "}"), UInt8(ascii: "]"): _ = containers.popLast()
        case UInt8(ascii: ","): enterNextMember()
        case UInt8(ascii: "\""):
            let start = position
            skipString()
            guard position <= end else { return false }
            if case .object(let objectStart, nil)? = containers.last {
                containers[containers.count - 1] = .object(start: objectStart, key: start..<position)
            }
            return true
        default: break
        }
        position += 1
        return true
    }

    private mutating func enterNextMember() {
        switch containers.popLast() {
        case .object(let start, _)?: containers.append(.object(start: start, key: nil))
        case .array(let index)?: containers.append(.array(index: index + 1))
        case nil: break
        }
    }

    /// Steps behind the closing quote, or behind the end when there is none.
    private mutating func skipString() {
        position += 1
        while position < end, bytes[position] != UInt8(ascii: "\"") {
            position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
        }
        position += 1
    }

    private func unescaped(_ range: Range<Int>) -> String {
        let quoted = UnsafeBufferPointer(rebasing: bytes[range])
        guard case .string(let text)? = try? JSONReader.reading(quoted).value else { return "" }
        return text
    }

    private var pointer: String {
        let tokens = containers.compactMap { container -> String? in
            switch container {
            case .object(_, let key): key.map { unescaped($0) }
            case .array(let index): String(index)
            }
        }
        return JSONPointer(tokens: tokens).description
    }
}

extension JSONError {
    /// Completes a failure with its place.
    init(_ failure: JSONReadFailure, in bytes: UnsafeBufferPointer<UInt8>) {
        let before = bytes[..<min(failure.offset, bytes.count)]
        let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        var pointer = JSONWalk.pointer(to: before.endIndex, in: bytes)
        if case .duplicateKey(let key) = failure.reason { pointer += JSONPointer(tokens: [key]).description }
        self.init(
            reason: failure.reason,
            line: before.count { $0 == UInt8(ascii: "\n") } + 1,
            column: before[lineStart...].count { $0 & 0xc0 != 0x80 } + 1,
            pointer: pointer,
            offset: failure.offset)
    }
}
