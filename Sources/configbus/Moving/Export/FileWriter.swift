import ConfigModel
import ConfigNotation

/// Writes documents in the notation of their files, so that what is read from them is the same again.
struct FileWriter: Sendable {
    let notation: ContentNotation
    /// JSON in lines, for people.
    let isPretty: Bool

    /// A document as its file has it.
    struct Text {
        let notation: ContentNotation
        let bytes: [UInt8]
        /// Why it is JSON where another notation was wanted.
        var reason: String?
    }

    /// Writes a document; as JSON when its notation cannot say it.
    func text(of content: Content) throws -> Text { try text(of: content, in: notation) }

    /// Writes a document in the notation that its file has already.
    func text(of content: Content, in notation: ContentNotation) throws -> Text {
        let object = try content.object
        guard let name = FileNotation(named: notation.rawValue), notation != .json else {
            return Text(notation: .json, bytes: json(object, content))
        }
        do {
            let bytes = try name.bytes(of: object)
            if (try? notation.document(bytes, name: "")) == content { return Text(notation: notation, bytes: bytes) }
            let reason = "the document does not come back from \(notation.rawValue) as it is."
            return Text(notation: .json, bytes: json(object, content), reason: reason)
        } catch {
            return Text(notation: .json, bytes: json(object, content), reason: error.description)
        }
    }

    private func json(_ object: JSONObject, _ content: Content) -> [UInt8] {
        let line = content.bytes + [UInt8(ascii: "\n")]
        guard isPretty else { return line }
        let lines = Array((PrettyJSON.text(.object(object)) + "\n").utf8)
        return (try? ContentNotation.json.document(lines, name: "")) == content ? lines : line
    }
}

extension ContentNotation {
    /// The ending of its files, without the dot.
    var ending: String { rawValue }
}
