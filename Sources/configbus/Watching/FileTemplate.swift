import AsyncSupport
import ConfigModel

/// A path in which `{service}` and `{environment}` stand for the document's names.
struct FileTemplate: Sendable, Equatable {
    let text: String

    private static let placeholders: Set<String> = ["service", "environment"]

    /// - Throws: `CommandFailure` when a placeholder is unknown, when several documents would share one file, when a folder is not there or cannot be
    ///   written to, or when something that is no regular file lies in the place of one.
    init(_ text: String, for keys: Set<DocumentKey>) throws {
        do {
            try self.init(unchecked: text)
        } catch {
            throw CommandFailure.usage("--out \(error.reason)")
        }
        let paths = Set(keys.map(path))
        guard paths.count == keys.count else {
            throw CommandFailure.usage(
                "--out with several documents needs {service} or {environment} in its path, so that each has a file of "
                    + "its own, such as conf/{service}.json.")
        }
        for path in paths.sorted() {
            if let fault = OutputFolder.fault(of: path) {
                throw CommandFailure.usage(
                    "--out \(path) cannot be written: \(fault). Mend that first, or name another file.")
            }
            do {
                _ = try FileAttributes(replacing: path)
            } catch let error as NotRegularFile {
                throw CommandFailure.refused("--out: \(error)")
            } catch {
                throw CommandFailure.usage("--out \(path) cannot be written: \(error). Name another file.")
            }
        }
    }

    /// Reads a path without a look at what is there.
    init(unchecked text: String) throws(InvalidTemplate) {
        guard !text.isEmpty, !text.hasSuffix("/") else {
            throw InvalidTemplate(reason: "must name a file, such as \(text)config.json.")
        }
        if let unknown = text.matches(of: /\{([A-Za-z_]*)\}/).first(where: { !Self.placeholders.contains(String($0.1)) }
        ) {
            throw InvalidTemplate(
                reason:
                    "is no path: {\(unknown.1)} stands for nothing; {service} and {environment} stand for the document's names."
            )
        }
        self.text = text
    }

    /// Names hold no slash and do not begin with a dot, so that a path never leaves its folder.
    func path(for key: DocumentKey) -> String {
        Self.replace("{environment}", with: key.environment, in: Self.replace("{service}", with: key.service, in: text))
    }

    /// Puts a name in the place of a word; what is put there is not looked at again.
    static func replace(_ word: String, with name: String, in text: String) -> String {
        var result = ""
        var rest = text[...]
        while let place = rest.utf8.firstRange(of: word.utf8) {
            result += rest[..<place.lowerBound] + name
            rest = rest[place.upperBound...]
        }
        return result + rest
    }
}

/// A path that cannot be one of files for documents.
struct InvalidTemplate: Error {
    /// The rest of a sentence that begins with the place.
    let reason: String
}
