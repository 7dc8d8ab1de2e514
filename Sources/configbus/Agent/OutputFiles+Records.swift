import AsyncSupport
import ConfigModel
import SystemPackage

extension OutputFiles {
    /// What lies at a path.
    struct Present: Sendable {
        let hash: String
        let attributes: FileAttributes
    }

    /// nil when there is nothing.
    ///
    /// - Throws: `NotRegularFile` or `Errno`.
    func present(at path: String) throws -> Present? {
        guard let attributes = try FileAttributes(replacing: path) else { return nil }
        return Present(hash: SHA256Text.hash(try RegularFile.read(path)), attributes: attributes)
    }

    func record(in file: AgentRecordFile) throws -> AgentRecord? { try file.read() }

    /// Those of an earlier process.
    func records(in cache: String) throws -> [AgentRecordFile] { try AgentRecordFile.all(in: cache) }

    func keep(_ record: AgentRecord, in file: AgentRecordFile) throws { try file.write(record) }

    /// Makes a change right in which a process was killed: what took effect last is put back, and what lies around is
    /// removed.
    ///
    /// - Returns: true when something was put back.
    func recover(_ file: AgentRecordFile) throws -> Bool {
        let path = file.target
        let left = try leftovers(of: path)
        defer { for path in left { RegularFile.discard(path) } }
        guard var record = try file.read(), let pending = record.pending else { return false }
        var isBack = false
        if pending != record.effective, try present(at: path)?.hash == pending {
            if let effective = record.effective {
                if let old = left.first(where: { (try? present(at: $0)?.hash) == effective }) {
                    try HeldFile(old, of: path).putBack()
                    isBack = true
                }
            } else {
                _ = try putBack(nil, in: path)
                isBack = true
            }
        }
        // The service may have read what is taken back: it is owed a reload, which the next version brings, also the same one.
        let isAsBefore = try present(at: path)?.hash == record.effective
        if !isAsBefore { record.pending = nil }
        try file.write(record)
        return isBack
    }

    private func leftovers(of path: String) throws -> [String] {
        let parent = FilePath(path).removingLastComponent()
        let entries = try OpenFolder.with(parent.isEmpty ? "." : parent.string) { try $0.entries() }
        return entries.compactMap { entry in
            guard entry.kind == .file, let name = entry.name, StagedFile.isName(name, ofFileFor: path) else {
                return nil
            }
            return parent.appending(name).string
        }
    }
}
