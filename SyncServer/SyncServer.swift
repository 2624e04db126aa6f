import ArgumentParser
import Hummingbird
@main struct SyncServer: ParsableCommand { func run() {} }
