import ArgumentParser
import AsyncSupport
import ConfigModel
import Glibc
import SystemPackage

/// What `watch` does with a version.
struct ApplyOptions: ParsableArguments {
    @Option(
        help: "Run this command with /bin/sh before anything changes; unless it ends with 0 the version is rejected.")
    var check: String?
    @Option(help: "Run this command with /bin/sh for each version, after --out was replaced.") var exec: String?
    @Option(help: "How long --check and --exec may take, each: 500ms, 30s, 5m, or whole seconds.")
    var execTimeout: TimeSpan = .seconds(30)
    @Option(help: "Replace this file with each version; may contain {service} and {environment}.", completion: .file())
    var out: String?
    @Option(help: "Mode of an --out file that was not there before, such as 0640. (default: 0600)") var mode: String?
    @Option(help: "Owner of an --out file that was not there before: USER, USER:GROUP or :GROUP.") var owner: String?

    func validate() throws {
        guard (.milliseconds(1) ... .seconds(3600)).contains(execTimeout.duration) else {
            throw ValidationError("--exec-timeout must be from 1ms to 3600s.")
        }
        guard out != nil || (mode == nil && owner == nil) else {
            throw ValidationError("--mode and --owner are for the file of --out.")
        }
        _ = try attributes()
    }

    func action(for keys: Set<DocumentKey>, _ groups: CommandGroups) throws -> ApplyAction {
        let limit = execTimeout.duration
        let command = { (flag: String, text: String?) in
            text.map { UserCommand(name: flag, line: .shell($0), limit: limit, groups: groups) }
        }
        return ApplyAction(
            check: command("--check", check), exec: command("--exec", exec),
            out: try out.map { try FileTemplate($0, for: keys) }, newFiles: try attributes())
    }

    private func attributes() throws -> WantedAttributes {
        var attributes = WantedAttributes(isForNewFilesOnly: true)
        do throws(InvalidAttribute) {
            if let mode { attributes.permissions = try WantedAttributes.permissions(mode) }
            if let owner { (attributes.user, attributes.group) = try WantedAttributes.owner(owner) }
        } catch {
            throw ValidationError("--\(error.field)\(error.reason)")
        }
        return attributes
    }
}
