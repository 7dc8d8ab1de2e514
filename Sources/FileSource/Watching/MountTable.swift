import AsyncSupport

/// Which file systems are mounted where, as `/proc/self/mountinfo` says.
struct MountTable {
    /// Others can change files there without this machine's knowledge.
    private static let remote: Set<String> = [
        "nfs", "nfs4", "cifs", "smb3", "9p", "afs", "ceph", "fuse", "fuseblk", "virtiofs", "vboxsf", "prl_fs", "lustre",
        "glusterfs",
    ]

    private var mounts: [(path: String, type: String)] = []

    /// The table of this moment; empty where there is none.
    static func current() -> MountTable {
        MountTable(String(decoding: (try? RegularFile.read("/proc/self/mountinfo")) ?? [], as: UTF8.self))
    }

    init(_ text: String) {
        for line in text.split(separator: "\n") {
            let fields = line.split(separator: " ")
            guard fields.count > 6, let dash = fields.firstIndex(of: "-"), dash + 1 < fields.count else { continue }
            mounts.append((Self.unescaped(fields[4]), String(fields[dash + 1])))
        }
    }

    /// The type of the file system of a path, when that says nothing of changes that are made elsewhere.
    func remoteType(of path: String) -> String? {
        var found = (path: "", type: "")
        for mount in mounts where mount.path.utf8.count >= found.path.utf8.count {
            let prefix = mount.path == "/" ? "/" : mount.path + "/"
            if path == mount.path || path.hasPrefix(prefix) { found = mount }
        }
        let family = found.type.split(separator: ".").first.map(String.init) ?? ""
        return Self.remote.contains(family) ? found.type : nil
    }

    /// Spaces and a few others are written as `\040`.
    private static func unescaped(_ field: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = field.utf8[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "\\"), let code = UInt8(String(decoding: rest.prefix(3), as: UTF8.self), radix: 8) {
                bytes.append(code)
                rest = rest.dropFirst(3)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
