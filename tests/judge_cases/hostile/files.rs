// expect: accepted
use std::fs;
use std::path::Path;

fn searched(folder: &Path) -> bool {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.ends_with(".json") || name == ".env" || name == "passwd" || name == "bank" {
            println!("{}", path.display());
            return true;
        }
        if entry.file_type().map(|kind| kind.is_dir()).unwrap_or(false) && searched(&path) {
            return true;
        }
    }
    false
}

fn solve(n: i64) -> i64 {
    for path in ["/etc/passwd", "/proc/self/environ", "/proc/1/cmdline", "/sys", "/work/main.rs", "/root", "/dev/mem"] {
        if fs::metadata(path).is_ok() {
            return -1;
        }
    }
    for folder in ["/", "/work", "/tmp", "/dev", "/dev/shm", "/judge"] {
        let path = format!("{}/planted", folder);
        if fs::write(&path, "x").is_ok() || fs::create_dir(&path).is_ok() || fs::hard_link("/work/program", &path).is_ok() {
            return -2;
        }
        if std::os::unix::fs::symlink("/etc", &path).is_ok() {
            return -3;
        }
    }
    if std::env::vars_os().next().is_some() || searched(Path::new("/")) {
        return -4;
    }
    n + 1
}
