/// A pattern over the dot-separated words of a routing key: `*` stands for one word, `#` for any number of words.
///
/// Words are compared byte by byte, as the broker does.
package struct TopicPattern: Sendable, Hashable {
    private enum Word: Hashable {
        case literal(ArraySlice<UInt8>)
        case one
        case many
    }

    private let words: [Word]

    /// Reads a pattern; every text is one.
    package init(_ text: String) {
        words = Self.split(text).map { word in
            if word.elementsEqual("*".utf8) { return .one }
            return word.elementsEqual("#".utf8) ? .many : .literal(word)
        }
    }

    /// Whether the routing key matches: at most (words of the pattern x words of the key) steps.
    package func matches(_ routingKey: String) -> Bool {
        let key = Self.split(routingKey)
        var position = 0
        var next = 0
        // Where to go on when a word does not fit: the last `#` takes one word more.
        var afterMany: (position: Int, next: Int)?
        while next < key.count {
            if position < words.count, words[position] == .many {
                position += 1
                afterMany = (position, next)
            } else if position < words.count, words[position] == .one || words[position] == .literal(key[next]) {
                position += 1
                next += 1
            } else if let retry = afterMany {
                position = retry.position
                next = retry.next + 1
                afterMany = (position, next)
            } else {
                return false
            }
        }
        return words[position...].allSatisfy { $0 == .many }
    }

    /// The words of a key as RabbitMQ counts them: an empty text has none, `a.` has two of which the second is empty.
    private static func split(_ text: String) -> [ArraySlice<UInt8>] {
        text.isEmpty ? [] : Array(text.utf8).split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    }
}
