import FoundationEssentials
import Glibc
import SystemPackage

/// Looks for programs as they are looked for when they are run.
enum ProgramSearch {
    /// - Parameter program: a path, or a name that is looked for in `PATH`.
    static func finds(_ program: String) -> Bool {
        guard !program.utf8.contains(UInt8(ascii: "/")) else { return isProgram(program) }
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
        return folders.contains { isProgram(FilePath(String($0)).appending(program).string) }
    }

    private static func isProgram(_ path: String) -> Bool {
        guard let facts = try? Stat(FilePath(path), followTargetSymlink: true), facts.type == .regular else {
            return false
        }
        return access(path, X_OK) == 0
    }
}
