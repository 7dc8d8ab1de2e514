import ConfigImport
import SystemPackage

/// The files that documents of another system are in.
enum ForeignFiles {
    /// The files of a folder, not of those in it; or one file, or standard input.
    ///
    /// - Returns: the files, and what cannot be read, each a sentence.
    static func read(_ path: String) throws -> (files: [NamedFile], faults: [String]) {
        guard path != "-", OpenFolder.isThere(path) else {
            let name = path == "-" ? "Standard input" : FilePath(path).lastComponent?.string ?? path
            return ([NamedFile(name: name, bytes: try InputFile.read(path, flag: "FILE"))], [])
        }
        var files: [NamedFile] = []
        var faults: [String] = []
        do {
            try OpenFolder.with(path) { folder in
                for entry in try folder.entries() {
                    guard let name = entry.name else {
                        faults.append("a file has a name that is not UTF-8.")
                        continue
                    }
                    guard !name.hasPrefix(".") else { continue }
                    switch entry.kind {
                    case .file:
                        do {
                            files.append(NamedFile(name: name, bytes: try folder.contents(of: name)))
                        } catch let error as Errno {
                            faults.append("\(name): it cannot be read (\(error)).")
                        }
                    case .folder:
                        faults.append("\(name)/: folders are imported one by one; name this one, or move it away.")
                    case .link: faults.append("\(name): it is a symbolic link, which is not followed.")
                    case .other: faults.append("\(name): it is no regular file.")
                    }
                }
            }
        } catch let error as Errno {
            throw CommandFailure.refused("Cannot read the folder \(path): \(error).")
        }
        return (files, faults)
    }
}
