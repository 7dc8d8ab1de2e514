/// The trace that something belongs to, as it is passed on between programs (W3C Trace Context, version 00).
public struct TraceContext: Sendable, Hashable {
    /// The longest `tracestate` that is kept, in bytes.
    public static let maximumStateBytes = 512

    /// `00-TRACE-PARENT-FLAGS`, in lower case.
    public let traceparent: String
    /// What systems of traces add to it; nil when there is nothing, or nothing that can be passed on.
    public let tracestate: String?

    /// Reads a context; nil when it is none. A `tracestate` that is none is left out.
    public init?(traceparent: String?, tracestate: String? = nil) {
        guard let traceparent, Self.isValid(traceparent) else { return nil }
        self.traceparent = traceparent
        self.tracestate = tracestate.flatMap { Self.isState($0) ? $0 : nil }
    }

    /// What all spans of the trace have in common.
    public var traceID: String { String(traceparent.dropFirst(3).prefix(32)) }

    /// By the names of the headers that carry it.
    public var fields: [String: String] {
        var fields = ["traceparent": traceparent]
        fields["tracestate"] = tracestate
        return fields
    }

    private static func isValid(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard parts.map(\.count) == [2, 32, 16, 2], parts[0].elementsEqual("00".utf8) else { return false }
        return parts.allSatisfy { $0.allSatisfy(isLowerHex) }
            && parts[1...2].allSatisfy { part in part.contains { $0 != UInt8(ascii: "0") } }
    }

    private static func isLowerHex(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }

    private static func isState(_ text: String) -> Bool {
        (1...maximumStateBytes).contains(text.utf8.count) && text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
    }
}
