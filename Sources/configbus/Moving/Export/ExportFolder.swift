import AsyncSupport
import ConfigModel
import SystemPackage

/// The folder of an export.
struct ExportFolder {
    let path: String
    /// What the files in it say already.
    let tree: DocumentTree?
    private let contents: [DocumentKey: Content]

    /// Looks what is there; nothing is written yet.
    ///
    /// - Parameter updates: files may be there already.
    init(_ path: String, updates: Bool) throws {
        self.path = path
        guard let facts = try? Stat(FilePath(path), followTargetSymlink: true) else {
            (tree, contents) = (nil, [:])
            return
        }
        guard facts.type == .directory else {
            throw CommandFailure.refused("\(path) is no directory; name another one.")
        }
        do {
            guard try OpenFolder.with(path, { try $0.entries() }).contains(where: { !$0.isHidden }) else {
                (tree, contents) = (nil, [:])
                return
            }
        } catch let error as Errno {
            throw CommandFailure.refused("Cannot read the folder \(path): \(error).")
        }
        guard updates else {
            throw CommandFailure.refused(
                "\(path) has files already: name a new or an empty directory, or replace what differs with --update.")
        }
        let tree = try DocumentTree.read(path, consequence: "Nothing was written", mayBeEmpty: true)
        self.tree = tree
        contents = Dictionary(tree.documents.map { ($0.key, $0.content) }) { first, _ in first }
    }

    /// What became of a document's file.
    enum Outcome {
        case written(reason: String?)
        case unchanged
        /// It cannot have the notation that its file has.
        case refused(String)
    }

    /// Writes some documents.
    ///
    /// - Returns: the path of each document's file below the folder, and what became of it.
    func write(
        _ documents: [(key: DocumentKey, content: Content)], _ writer: FileWriter
    ) throws -> [(key: DocumentKey, file: String, outcome: Outcome)] {
        try inside { root in
            try documents.map { key, content in
                let (file, outcome) = try write(content, of: key, writer, root)
                return (key, file, outcome)
            }
        }
    }

    private func write(
        _ content: Content, of key: DocumentKey, _ writer: FileWriter, _ root: OpenFolder
    ) throws -> (String, Outcome) {
        let folder = key.isReserved ? DocumentTree.schemas : key.environment
        var text = try writer.text(of: content)
        var name = "\(key.service).\(text.notation.ending)"
        if let file = tree?.files[key] {
            guard contents[key] != content else { return (file, .unchanged) }
            name = String(file.dropFirst(folder.count + 1))
            let notation = ContentNotation(path: file) ?? .json
            text = try writer.text(of: content, in: notation)
            guard text.notation == notation else {
                return (file, .refused("\(text.reason ?? "") Remove the file, and it becomes JSON."))
            }
        }
        try root.makeFolder(folder)
        try root.withFolder(folder) { try $0.replace(name, with: text.bytes) }
        return ("\(folder)/\(name)", .written(reason: text.reason))
    }

    /// Notes in a new folder that not all files are there yet. Files of an earlier export are whole, whatever becomes of this one.
    func begin(_ manifest: JSONValue) throws {
        guard tree == nil else { return }
        try inside { root in
            try root.replace(ExportManifest.name, with: Array((PrettyJSON.text(manifest) + "\n").utf8))
        }
    }

    /// Writes what the export says of its documents, unless that is what the file says already but for the moment, and waits
    /// until all is on the disk.
    func finish(_ manifest: JSONValue) throws {
        try inside { root in
            let present = (try? root.contents(of: ExportManifest.name)).flatMap { try? JSONValue(parsing: $0) }
            if present.map(Self.withoutMoment) != Self.withoutMoment(manifest) {
                try root.replace(ExportManifest.name, with: Array((PrettyJSON.text(manifest) + "\n").utf8))
            }
            root.sync()
        }
    }

    private static func withoutMoment(_ manifest: JSONValue) -> JSONValue {
        guard case .object(var object) = manifest else { return manifest }
        object["at"] = nil
        return .object(object)
    }

    private func inside<Result>(_ body: (OpenFolder) throws -> Result) throws -> Result {
        do {
            try Folder.make(path)
            return try OpenFolder.with(path, body)
        } catch let error as Errno {
            throw CommandFailure.refused("Cannot write to \(path): \(error).")
        }
    }
}
