import ConfigModel
import ConfigNotation
import Testing

/// What a text in some notation says, as canonical JSON.
struct Reading: Sendable, CustomTestStringConvertible {
    let text: String
    let json: String

    init(_ text: String, says json: String) {
        self.text = text
        self.json = json
    }

    var testDescription: String { text.debugDescription }
}

/// A text that is refused, where and for what.
struct Refusal: Sendable, CustomTestStringConvertible {
    let text: String
    let line: Int
    let column: Int
    /// A part of the reason.
    let reason: String

    init(_ text: String, _ line: Int, _ column: Int, _ reason: String) {
        self.text = text
        self.line = line
        self.column = column
        self.reason = reason
    }

    var testDescription: String { text.debugDescription }

    /// Checks that reading throws just that.
    func check(_ read: ([UInt8]) throws(NotationError) -> JSONValue) {
        do {
            let value = try read(Array(text.utf8))
            Issue.record("\(text.debugDescription) was read as \(value)")
        } catch {
            #expect(error.line == line && error.column == column, "\(text.debugDescription): \(error)")
            #expect(error.reason.contains(reason), "\(text.debugDescription): \(error)")
            #expect(error.description == "Line \(line), column \(column): \(error.reason).")
        }
    }
}
