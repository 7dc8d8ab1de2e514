import ConfigModel

@testable import ConfigImport

extension ForeignDocuments {
    /// The canonical JSON of each document by its key.
    var contents: [String: String] {
        Dictionary(
            uniqueKeysWithValues: documents.map { ($0.key.description, JSONValue.object($0.object).description) })
    }
}

extension NamedFile {
    init(_ name: String, _ text: String) { self.init(name: name, bytes: Array(text.utf8)) }
}
