import ArgumentParser
import ConfigModel

/// The `--out` argument: a path in which `{service}` and `{environment}` stand for the document's names.
struct FileTemplate: Sendable {
    let text: String

    /// - Throws: `CommandFailure` when several documents would share one file.
    init(_ text: String, documents: Int) throws {
        guard documents <= 1 || text.contains("{service}") else {
            throw CommandFailure.usage(
                "--out with several services needs {service} in its path, such as conf/{service}.json.")
        }
        self.text = text
    }

    /// Names hold no slash and do not begin with a dot, so that a path never leaves its folder.
    func path(for key: DocumentKey) -> String {
        Self.replace("{environment}", with: key.environment, in: Self.replace("{service}", with: key.service, in: text))
    }

    private static func replace(_ word: String, with name: String, in text: String) -> String {
        var result = ""
        var rest = text[...]
        while let place = rest.firstRange(of: word) {
            result += rest[..<place.lowerBound] + name
            rest = rest[place.upperBound...]
        }
        return result + rest
    }
}
