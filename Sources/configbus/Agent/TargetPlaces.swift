import AsyncSupport
import ConfigModel

/// The files that a list of settings has so far, each with the index of its element. Each folder is looked at once, however many
/// files are in it.
struct TargetPlaces {
    private struct Folder {
        let identity: FolderIdentity?
        /// Why no file is written there, as the rest of a sentence that begins with the path.
        let fault: String?
    }

    private let own: OwnFiles
    private var folders: [String: Folder] = [:]
    private var files: [FilePlace: Int] = [:]
    /// The same by their folders.
    private var names: [FolderIdentity: [(name: String, index: Int)]] = [:]
    /// Of prefixes, by their places as they are written.
    private var templates: [FilePlace: [(prefix: DocumentPrefix, index: Int)]] = [:]
    /// The same by their folders.
    private var patterns: [FolderIdentity: [(pattern: FilePattern, index: Int)]] = [:]

    init(own: OwnFiles) { self.own = own }

    /// Why no file can be written at a path, as the rest of a sentence that begins with it; nil when one can.
    mutating func fault(of path: String) -> String? {
        let folder = folder(of: path)
        if let fault = folder.fault { return fault }
        do {
            _ = try FileAttributes(replacing: path)
        } catch {
            return "cannot be replaced: \(error)"
        }
        return own.name(of: FilePlace(path, in: folder.identity)).map(Self.ownFile)
    }

    /// The same for a file of each document below a prefix. A folder for each service may come with it.
    mutating func fault(of template: FileTemplate, _ prefix: DocumentPrefix) -> String? {
        guard !FilePlace.split(template.text).folder.utf8.contains(UInt8(ascii: "{")) else { return nil }
        let folder = folder(of: template.text)
        if let fault = folder.fault { return fault }
        let pattern = FilePattern(template, prefix)
        let name = own.places.first { own in
            guard case .entry(let identity, let name) = own.place else { return false }
            return identity == folder.identity && pattern.matches(name)
        }?.name
        return name.map(Self.ownFile)
    }

    private static func ownFile(_ name: String) -> String {
        "is \(name), which the agent itself reads: name another file."
    }

    /// Takes note of a file.
    ///
    /// - Returns: the element that may have the same one.
    mutating func write(_ document: AgentDocument, at index: Int) -> Int? {
        let path = document.key.map(document.path.path) ?? document.path.text
        let folder = folder(of: path).identity
        let place = FilePlace(path, in: folder)
        switch document.subject {
        case .document:
            let name = FilePlace.split(path).name
            if let folder { names[folder, default: []].append((name, index)) }
            return files.updateValue(index, forKey: place)
                ?? folder.flatMap { patterns[$0]?.first { $0.pattern.matches(name) }?.index }
        case .prefix(let prefix):
            let pattern = FilePattern(document.path, prefix)
            let others = templates[place, default: []]
            templates[place] = others + [(prefix, index)]
            if let folder { patterns[folder, default: []].append((pattern, index)) }
            return others.first { Self.meet($0.prefix, prefix, document.path) }?.index
                ?? folder.flatMap { names[$0]?.first { pattern.matches($0.name) }?.index }
        }
    }

    /// True when two prefixes with one template can have one file for two documents.
    private static func meet(_ one: DocumentPrefix, _ two: DocumentPrefix, _ template: FileTemplate) -> Bool {
        guard one.environment == two.environment || !template.text.contains("{environment}") else { return false }
        guard let moved = try? DocumentPrefix(service: one.service, environment: two.environment) else { return true }
        return moved.includes(two) || two.includes(moved)
    }

    private mutating func folder(of path: String) -> Folder {
        let name = FilePlace.split(path).folder
        if let folder = folders[name] { return folder }
        var fault = (OutputFolder.fault(of: path) ?? OutputFolder.danger(of: path)).map {
            "cannot be written to safely: \($0)."
        }
        if fault == nil, own.contains(folder: name) {
            fault = "is in the folder of 'cache', which the agent keeps for itself: name another folder."
        }
        let folder = Folder(identity: FolderIdentity(name), fault: fault)
        folders[name] = folder
        return folder
    }
}

/// The names of the files of all documents below a prefix.
struct FilePattern {
    private let template: FileTemplate?
    private let prefix: DocumentPrefix
    /// What is around the service's name.
    private let parts: [String]

    init(_ template: FileTemplate, _ prefix: DocumentPrefix) {
        let name = FileTemplate.replace(
            "{environment}", with: prefix.environment, in: FilePlace.split(template.text).name)
        self.template = try? FileTemplate(unchecked: name)
        self.prefix = prefix
        parts = name.split(separator: "{service}", omittingEmptySubsequences: false).map(String.init)
    }

    /// True for the name of the file of some document.
    func matches(_ name: String) -> Bool {
        let times = parts.count - 1
        let length = name.utf8.count - parts.map(\.utf8.count).reduce(0, +)
        guard times > 0, length > 0, length % times == 0, let start = parts.first, name.hasPrefix(start) else {
            return false
        }
        let service = String(decoding: name.utf8.dropFirst(start.utf8.count).prefix(length / times), as: UTF8.self)
        guard let key = try? DocumentKey(service: service, environment: prefix.environment) else { return false }
        return prefix.includes(key) && template?.path(for: key) == name
    }
}
