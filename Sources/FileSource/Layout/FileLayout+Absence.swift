import ConfigModel

extension FileLayout {
    /// Says which file of a document is not there, in a sentence.
    func absence(of key: DocumentKey) -> String {
        switch self {
        case .file(let path, _): return "There is no file \(path)."
        case .directory(let path):
            guard let root = PathWalk(path).target, let names = try? DirectoryNames.read(root) else {
                return "There is no directory \(path)."
            }
            let files = FileFormat.endings.map { ".\($0)" }.joined(separator: ", ")
            let environments = names.sorted().filter { name in
                guard (try? DocumentKey(service: key.service, environment: name)) != nil,
                    let directory = PathWalk("\(root)/\(name)").target
                else { return false }
                return (try? DirectoryNames.read(directory)) != nil
            }
            return "There is no file \(path)/\(key.environment)/\(key.service) with one of the endings \(files); "
                + (environments.isEmpty
                    ? "the directory has no environment."
                    : "environments there: \(environments.joined(separator: ", ")).")
        }
    }
}
