import CRE2
public import SchemaValidation

/// Patterns of JSON Schema, which are searched in linear time whatever they are.
///
/// They are written in ECMA-262 with the flag `u`. What takes more than linear time there (`\1`, `(?=`) is refused.
public struct RE2Patterns: SchemaPatterns {
    /// How much memory a pattern may take: as little as is enough of these.
    private static let memories = [64 << 10, 256 << 10, 1 << 20, 4 << 20]

    /// Patterns that are searched by RE2.
    public init() {}

    /// Compiles a pattern.
    ///
    /// - Throws: `SchemaPatternError` for one that is no pattern of ECMA-262, or that RE2 cannot express.
    public func compile(_ pattern: String) throws(SchemaPatternError) -> SchemaPattern {
        let translated = try ECMAPattern.translate(pattern)
        var reason = ""
        for memory in Self.memories {
            do {
                let compiled = try RE2Pattern(translated, memory: memory)
                return SchemaPattern(memory: memory) { compiled.isFound(in: $0) }
            } catch {
                reason = error.reason
                guard reason.hasPrefix("pattern too large") else { break }
            }
        }
        throw SchemaPatternError(reason: "RE2 says: \(reason).")
    }
}

/// The C++ object. RE2 promises that threads may use it at the same time: re2.h, "The RE2 class is thread-safe".
private final class RE2Pattern: @unchecked Sendable {
    private let pattern: OpaquePointer

    init(_ text: String, memory: Int) throws(SchemaPatternError) {
        var text = text
        var reason = ""
        let compiled = text.withUTF8 { text in
            text.withMemoryRebound(to: CChar.self) { text in
                withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { error in
                    error.initialize(repeating: 0)
                    let compiled = cre2_compile(
                        text.baseAddress, text.count, Int64(memory), error.baseAddress, error.count)
                    reason = String(decoding: error.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
                    return compiled
                }
            }
        }
        guard let compiled else { throw SchemaPatternError(reason: reason) }
        pattern = compiled
    }

    deinit { cre2_free(pattern) }

    func isFound(in text: String) -> Bool {
        var text = text
        return text.withUTF8 { text in
            text.withMemoryRebound(to: CChar.self) { cre2_is_found(pattern, $0.baseAddress, $0.count) }
        }
    }
}
