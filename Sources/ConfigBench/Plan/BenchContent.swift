import ConfigModel

/// Contents that look like a service's configuration, all of the same length and each different.
package struct BenchContent: Sendable {
    /// The shortest content that can be made.
    package static let smallest = 64

    private let head: [UInt8]

    /// - Parameter size: the canonical bytes of a content, at least `smallest`.
    init(size: Int) {
        var text = #"{"listeners":{"#
        var number = 0
        // Room for the padding and the number of the update.
        while text.utf8.count + 190 < size {
            number += 1
            text += number == 1 ? "" : ","
            text += Self.listener(100_000 + number)
        }
        text += #"},"padding":""#
        let tail = Self.tail(0)
        let padding = size - text.utf8.count - tail.utf8.count
        head = Array(text.utf8) + Array(repeating: UInt8(ascii: "x"), count: max(0, padding))
    }

    /// The content of an update, below 9 million; made canonical, so that reading it is not part of what is measured.
    func content(_ update: Int) throws(ContentError) -> Content {
        let bytes = head + Array(Self.tail(update).utf8)
        guard bytes.count <= ContentLimits.byteCeiling else { throw .tooLarge(limit: ContentLimits.byteCeiling) }
        return Content(canonical: bytes)
    }

    private static func tail(_ update: Int) -> String { #"","update":\#(1_000_000 + update)}"# }

    /// Numbers of one length keep the keys in order.
    private static func listener(_ number: Int) -> String {
        #""l\#(number)":{"enabled":true,"host":"db-\#(number).internal","port":5432,"ratio":0.25,"#
            + #""tags":["a","b"],"timeout_ms":2500}"#
    }
}
